package footbridge.connection;

import footbridge.backend.Message;
import footbridge.stomp.SharedMessage;
import footbridge.stomp.Version;
import java.util.EnumMap;
import java.util.Map;

/// What one message looks like on the wire, made once per STOMP version for all its subscribers.
final class WireMessages {

    /// Replaced when a version is added; two threads that add at once may lose one and make it
    /// again.
    private volatile Map<Version, SharedMessage> byVersion = Map.of();

    static SharedMessage of(Message message, Version version) {
        return message.view(WireMessages.class, _ -> new WireMessages()).encoded(message, version);
    }

    private SharedMessage encoded(Message message, Version version) {
        SharedMessage present = byVersion.get(version);
        if (present != null) {
            return present;
        }
        SharedMessage made = SharedMessage.of(version, message.headers(), message.body());
        byVersion = with(version, made);
        return made;
    }

    private Map<Version, SharedMessage> with(Version version, SharedMessage made) {
        Map<Version, SharedMessage> more = new EnumMap<>(Version.class);
        more.putAll(byVersion);
        more.put(version, made);
        return more.size() == 1 ? Map.of(version, made) : more;
    }
}
