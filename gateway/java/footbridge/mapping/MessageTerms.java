package footbridge.mapping;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What a rule's `message` says about the messages of clients.
///
/// @param type what kind of message the broker gets
/// @param defaults headers for what the client does not say: `persistent`, `priority`, `expiration`
/// @param fixed names of those that the client cannot say otherwise
public record MessageTerms(Type type, Map<String, String> defaults, Set<String> fixed) {

    public static final String PERSISTENT = "persistent";
    public static final String PRIORITY = "priority";

    /// The time to live in milliseconds, from when the gateway hands the message on.
    public static final String EXPIRATION = "expiration";

    /// What a client may write in place of [#EXPIRATION].
    private static final String EXPIRES = "expires";

    /// Nothing.
    public static final MessageTerms NONE = new MessageTerms(Type.AUTO, Map.of(), Set.of());

    public MessageTerms {
        defaults = Map.copyOf(defaults);
        fixed = Set.copyOf(fixed);
    }

    /// The kind of message that a JMS broker gets.
    public enum Type {
        /// By the body and its headers.
        AUTO,
        TEXT,
        BYTES
    }

    /// The headers with what the rule says of them; the same map where it says nothing.
    public Map<String, String> complete(Map<String, String> headers) {
        if (defaults.isEmpty()) {
            return headers;
        }
        Map<String, String> complete = new LinkedHashMap<>(headers);
        defaults.forEach((name, value) -> {
            if (fixed.contains(name)) {
                complete.put(name, value);
                if (name.equals(EXPIRATION)) {
                    complete.remove(EXPIRES);
                }
            } else if (!name.equals(EXPIRATION) || !complete.containsKey(EXPIRES)) {
                complete.putIfAbsent(name, value);
            }
        });
        return complete;
    }
}
