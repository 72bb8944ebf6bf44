package footbridge.portable.provider;

import java.time.Duration;
import java.util.Optional;

/// A broker and how the gateway uses it.
///
/// @param name of the broker connection in the settings
/// @param user the gateway's account; empty to connect without one
/// @param password of that account; never shown
/// @param connections how many connections all clients of the node share
/// @param lanes most messages that a subscription holds which its client settles; each takes a
///   session of the provider
/// @param reconnectDelay pause before a broken connection is tried again
public record PortableSettings(
        String name,
        Provider provider,
        Optional<String> user,
        Optional<String> password,
        int connections,
        int lanes,
        Duration reconnectDelay) {

    public PortableSettings {
        mustBePositive("connections", connections);
        mustBePositive("lanes", lanes);
        if (reconnectDelay.isZero() || reconnectDelay.isNegative()) {
            throw new InvalidProvider(
                    "reconnect-delay", "the pause " + reconnectDelay + " must be positive");
        }
    }

    private static void mustBePositive(String key, int value) {
        if (value < 1) {
            throw new InvalidProvider(key, value + " must be positive");
        }
    }

    /// Shows no password.
    @Override
    public String toString() {
        return "PortableSettings[name=%s, provider=%s, connections=%d, lanes=%d]"
                .formatted(name, provider, connections, lanes);
    }
}
