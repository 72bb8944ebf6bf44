package footbridge.app;

import footbridge.connection.ConnectionSettings;
import footbridge.session.AnswerLimits;
import footbridge.session.SessionSettings;
import footbridge.session.TransactionLimits;
import footbridge.stomp.DecoderLimits;
import footbridge.stomp.HeartBeat;
import io.quarkus.runtime.configuration.MemorySize;
import java.time.Duration;

/// Checks the operator's settings and hands each room its own.
final class Bounds {

    /// Heart-beats below this cost more than they tell.
    private static final Duration HEART_BEAT_FLOOR = Duration.ofSeconds(1);

    private Bounds() {}

    static ConnectionSettings connection(FootbridgeSettings.Limits limits) {
        return new ConnectionSettings(
                decoder(limits),
                limits.timeToConnect(),
                limits.queuedBytes().asLongValue(),
                positive("queued-messages", limits.queuedMessages()),
                positive("unconfirmed-sends", limits.unconfirmedSends()),
                limits.unconfirmedBytes().asLongValue());
    }

    private static DecoderLimits decoder(FootbridgeSettings.Limits limits) {
        return new DecoderLimits(
                positive("command", limits.command()),
                octets("header-line", limits.headerLine()),
                positive("headers", limits.headers()),
                octets("body", limits.body()),
                octets("before-connected", limits.beforeConnected()));
    }

    static SessionSettings session(FootbridgeSettings settings, String version) {
        return new SessionSettings(
                "footbridge/" + version,
                new HeartBeat(
                        heartBeat("outgoing", settings.heartBeat().outgoing()),
                        heartBeat("incoming", settings.heartBeat().incoming())),
                positive("subscriptions", settings.limits().subscriptions()),
                new TransactionLimits(
                        positive("transactions", settings.limits().transactions()),
                        positive("transaction-frames", settings.limits().transactionFrames()),
                        settings.limits().transactionBytes().asLongValue()),
                new AnswerLimits(
                        positive("temporary-queues", settings.limits().temporaryQueues()),
                        positive("askers", settings.limits().askers())));
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
                    "footbridge.limits.%s: %d must be 1 or more".formatted(key, value));
        }
        return value;
    }

    private static int octets(String key, MemorySize size) {
        long octets = size.asLongValue();
        if (octets < 1 || octets > Integer.MAX_VALUE - 1024) {
            throw InvalidSettings.because(
                    "footbridge.limits.%s: must be between 1 and 2G".formatted(key));
        }
        return (int) octets;
    }
}
