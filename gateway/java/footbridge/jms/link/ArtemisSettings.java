package footbridge.jms.link;

import java.time.Duration;
import java.util.Optional;

/// Where an Artemis broker is and how the gateway talks to it.
///
/// @param name of the broker connection in the settings
/// @param url as Artemis clients write it, `tcp://host:port?sslEnabled=true` for example
/// @param user the gateway's account; empty to connect without one
/// @param password of that account; never shown
/// @param connections how many links all clients of the node share, each of two sockets: one to
///   read, one to write
/// @param callTimeout longest wait for one answer of the broker
/// @param reconnectDelay pause before a broken connection is tried again
public record ArtemisSettings(
        String name,
        String url,
        Optional<String> user,
        Optional<String> password,
        int connections,
        Duration callTimeout,
        Duration reconnectDelay) {

    private static final int CONNECTIONS = 2;
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration RECONNECT_DELAY = Duration.ofSeconds(2);

    public ArtemisSettings {
        if (connections < 1) {
            throw new IllegalArgumentException("connections " + connections + " must be positive");
        }
        mustBePositive("callTimeout", callTimeout);
        mustBePositive("reconnectDelay", reconnectDelay);
    }

    /// No account, 2 connections, 30 s for a call, 2 s between attempts to connect.
    public static ArtemisSettings of(String name, String url) {
        return new ArtemisSettings(
                name,
                url,
                Optional.empty(),
                Optional.empty(),
                CONNECTIONS,
                CALL_TIMEOUT,
                RECONNECT_DELAY);
    }

    public ArtemisSettings withAccount(String newUser, String newPassword) {
        return new ArtemisSettings(
                name,
                url,
                Optional.of(newUser),
                Optional.of(newPassword),
                connections,
                callTimeout,
                reconnectDelay);
    }

    public ArtemisSettings withTimes(Duration newCallTimeout, Duration newReconnectDelay) {
        return new ArtemisSettings(
                name, url, user, password, connections, newCallTimeout, newReconnectDelay);
    }

    /// Shows neither the password nor the address, which may hold one.
    @Override
    public String toString() {
        return "ArtemisSettings[name=%s, user=%s, connections=%d]"
                .formatted(name, user.orElse("none"), connections);
    }

    private static void mustBePositive(String setting, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(setting + " " + value + " must be positive");
        }
    }
}
