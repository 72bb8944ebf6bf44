package footbridge.app.settings;

import footbridge.connection.Admission;
import footbridge.connection.ConnectionSettings;
import footbridge.connection.Departure;
import footbridge.connection.FrameLimit;
import footbridge.session.AnswerLimits;
import footbridge.session.SessionSettings;
import footbridge.session.TransactionLimits;
import footbridge.stomp.DecoderLimits;
import footbridge.stomp.HeartBeat;
import footbridge.transport.Arrivals;
import footbridge.transport.TrustedProxies;
import footbridge.transport.UpgradeTokens;
import footbridge.transport.sockjs.SockJsSettings;
import io.quarkus.runtime.configuration.MemorySize;
import java.time.Duration;
import java.util.Set;

/// Checks the operator's settings and hands each room its own.
public final class Bounds {

    private static final int LARGEST = Integer.MAX_VALUE - 1024;

    /// Heart-beats below this cost more than they tell.
    private static final Duration HEART_BEAT_FLOOR = Duration.ofSeconds(1);

    /// Room for the head of the STOMP frame with the largest body, which clients put into one
    /// message of WebSocket or one request of SockJS.
    private static final int HEAD = 1 << 20;

    private Bounds() {}

    /// Octets that a body may have, of clients and for clients.
    static int body(FootbridgeSettings.Limits limits) {
        return octets("limits.body", limits.body());
    }

    /// Octets of the longest message of a client's, whatever carries it.
    public static int message(FootbridgeSettings.Limits limits) {
        return Math.toIntExact(
                Math.min(octets("limits.body", limits.body()) + (long) HEAD, LARGEST));
    }

    public static SockJsSettings sockJs(FootbridgeSettings settings) {
        FootbridgeSettings.SockJs sockJs = settings.sockjs();
        return new SockJsSettings(
                lasting("sockjs.session-timeout", sockJs.sessionTimeout()),
                lasting("sockjs.heart-beat", sockJs.heartBeat()),
                octets("sockjs.streaming-limit", sockJs.streamingLimit()),
                sockJs.libraryUrl(),
                sockJs.cookie(),
                message(settings.limits()),
                octets("limits.before-connected", settings.limits().beforeConnected()));
    }

    private static Duration lasting(String key, Duration time) {
        if (time.toMillis() < 1) {
            throw InvalidSettings.because(
                    "footbridge.%s: %s must be 1ms or more, such as 10s".formatted(key, time));
        }
        return time;
    }

    public static ConnectionSettings connection(FootbridgeSettings.Limits limits) {
        return new ConnectionSettings(
                decoder(limits),
                new FrameLimit(
                        notNegative("limits.frames-per-second", limits.framesPerSecond()),
                        limits.framesExcess()),
                lasting("limits.time-to-connect", limits.timeToConnect()),
                octets("limits.queued-bytes", limits.queuedBytes()),
                positive("limits.queued-messages", limits.queuedMessages()),
                positive("limits.unconfirmed-sends", limits.unconfirmedSends()),
                octets("limits.unconfirmed-bytes", limits.unconfirmedBytes()));
    }

    public static Admission admission(FootbridgeSettings.Limits limits) {
        return new Admission(
                positive("limits.connections", limits.connections()),
                notNegative("limits.connections-per-address", limits.connectionsPerAddress()));
    }

    public static Departure departure(FootbridgeSettings.Shutdown shutdown) {
        return new Departure(
                positive("shutdown.rate", shutdown.rate()),
                lasting("shutdown.timeout", shutdown.timeout()),
                notNegative("shutdown.retry-after", shutdown.retryAfter()));
    }

    /// How long the gateway is not ready before it sends clients away.
    public static Duration notice(FootbridgeSettings.Shutdown shutdown) {
        return notNegative("shutdown.notice", shutdown.notice());
    }

    private static Duration notNegative(String key, Duration time) {
        if (time.isNegative()) {
            throw InvalidSettings.because(
                    "footbridge.%s: %s must be 0s or more, such as 5s".formatted(key, time));
        }
        return time;
    }

    public static Arrivals arrivals(FootbridgeSettings settings) {
        try {
            return new Arrivals(
                    new TrustedProxies(settings.trustedProxies().orElse(Set.of())),
                    new UpgradeTokens(
                            settings.login().tokenInSubProtocol(),
                            settings.login().tokenInQuery()));
        } catch (IllegalArgumentException fault) {
            throw InvalidSettings.because(
                    "footbridge.trusted-proxies: %s; write addresses or ranges, like 10.0.0.0/8"
                            .formatted(fault.getMessage()));
        }
    }

    private static DecoderLimits decoder(FootbridgeSettings.Limits limits) {
        return new DecoderLimits(
                positive("limits.command", limits.command()),
                octets("limits.header-line", limits.headerLine()),
                positive("limits.headers", limits.headers()),
                octets("limits.body", limits.body()),
                octets("limits.before-connected", limits.beforeConnected()));
    }

    public static SessionSettings session(FootbridgeSettings settings, String version) {
        return new SessionSettings(
                "footbridge/" + version,
                new HeartBeat(
                        heartBeat("outgoing", settings.heartBeat().outgoing()),
                        heartBeat("incoming", settings.heartBeat().incoming())),
                positive("limits.subscriptions", settings.limits().subscriptions()),
                new TransactionLimits(
                        positive("limits.transactions", settings.limits().transactions()),
                        positive(
                                "limits.transaction-frames", settings.limits().transactionFrames()),
                        octets("limits.transaction-bytes", settings.limits().transactionBytes()),
                        JmsBackends.portable(settings)),
                new AnswerLimits(
                        positive("limits.temporary-queues", settings.limits().temporaryQueues()),
                        positive("limits.askers", settings.limits().askers())));
    }

    private static int heartBeat(String key, Duration period) {
        if (!period.isZero() && period.compareTo(HEART_BEAT_FLOOR) < 0) {
            throw InvalidSettings.because(
                    "footbridge.heart-beat.%s: %s is too short, use 1s or more, or 0 for none"
                            .formatted(key, period));
        }
        return Math.toIntExact(period.toMillis());
    }

    private static int positive(String key, int value) {
        if (value < 1) {
            throw InvalidSettings.because(
                    "footbridge.%s: %d must be 1 or more".formatted(key, value));
        }
        return value;
    }

    /// @param key without `footbridge.`
    public static int notNegative(String key, int value) {
        if (value < 0) {
            throw InvalidSettings.because(
                    "footbridge.%s: %d must be 0 or more".formatted(key, value));
        }
        return value;
    }

    private static int octets(String key, MemorySize size) {
        long octets = size.asLongValue();
        if (octets < 1 || octets > LARGEST) {
            throw InvalidSettings.because(
                    "footbridge.%s: %d octets must be between 1 and 2G, such as 64K"
                            .formatted(key, octets));
        }
        return (int) octets;
    }
}
