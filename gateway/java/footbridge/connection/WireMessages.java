package footbridge.connection;

import footbridge.backend.Message;
import footbridge.stomp.SharedMessage;
import footbridge.stomp.Version;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What one message looks like on the wire, made once per STOMP version, and per way in which a
/// rule changes headers, for all its subscribers.
final class WireMessages {

    /// Keys are a [Version], or a [Changed] where a rule changes headers. Replaced when a look is
    /// added; two threads that add at once may lose one and make it again.
    private volatile Map<Object, SharedMessage> byLook = Map.of();

    private record Changed(Version version, UnaryOperator<Map<String, String>> headers) {}

    /// @param headers how a rule changes them; empty if it does not
    static SharedMessage of(
            Message message,
            Version version,
            Optional<UnaryOperator<Map<String, String>>> headers) {
        WireMessages known = message.view(WireMessages.class, _ -> new WireMessages());
        return headers.isEmpty()
                ? known.encoded(version, message, version, message.headers())
                : known.changed(message, version, headers.get());
    }

    private SharedMessage changed(
            Message message, Version version, UnaryOperator<Map<String, String>> headers) {
        Changed look = new Changed(version, headers);
        SharedMessage present = byLook.get(look);
        return present != null
                ? present
                : encoded(look, message, version, headers.apply(message.headers()));
    }

    private SharedMessage encoded(
            Object look, Message message, Version version, Map<String, String> headers) {
        SharedMessage present = byLook.get(look);
        if (present != null) {
            return present;
        }
        SharedMessage made =
                message.text()
                        ? SharedMessage.ofText(version, headers, message.octets())
                        : SharedMessage.of(version, headers, message.octets());
        byLook = with(look, made);
        return made;
    }

    private Map<Object, SharedMessage> with(Object look, SharedMessage made) {
        Map<Object, SharedMessage> more = new HashMap<>(byLook);
        more.put(look, made);
        return more.size() == 1 ? Map.of(look, made) : more;
    }
}
