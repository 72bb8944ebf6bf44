package footbridge.conversations;

import static org.awaitility.Awaitility.await;

import footbridge.access.AccessDenied;
import footbridge.access.Attempt;
import footbridge.access.Audit;
import footbridge.access.Credentials;
import footbridge.access.Identity;
import footbridge.access.Proven;
import footbridge.backend.Backend;
import footbridge.backend.Settlement.Outcome;
import footbridge.connection.Admission;
import footbridge.connection.Arrival;
import footbridge.connection.ConnectionObserver;
import footbridge.connection.ConnectionSettings;
import footbridge.connection.Connections;
import footbridge.connection.FrameLimit;
import footbridge.connection.report.Refused;
import footbridge.connection.report.RuleObserver;
import footbridge.connection.report.Tracing;
import footbridge.jms.ArtemisBackend;
import footbridge.jms.link.ArtemisSettings;
import footbridge.mapping.Mappings;
import footbridge.mapping.file.InvalidMapping;
import footbridge.mapping.file.RuleFolder;
import footbridge.session.AnswerLimits;
import footbridge.session.SessionSettings;
import footbridge.session.Sessions;
import footbridge.session.TransactionLimits;
import footbridge.stomp.DecoderLimits;
import footbridge.stomp.HeartBeat;
import footbridge.testbed.ArtemisBroker;
import footbridge.testbed.StompClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// The gateway's connections on a real Artemis in this JVM, with the rules and limits that the
/// conversations are written for.
final class MemoryGateway implements Clients, AutoCloseable {

    static final Path RULES = ConversationFile.FOLDER.resolve("rules");

    private static final int SUBSCRIPTIONS = 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ArtemisBroker broker;
    private final ArtemisBackend artemis;
    private final Connections connections;

    private MemoryGateway(ArtemisBroker broker, Duration timeToConnect) throws InvalidMapping {
        this.broker = broker;
        artemis =
                new ArtemisBackend(
                        ArtemisSettings.of("artemis", broker.url())
                                .withTimes(TIMEOUT, Duration.ofMillis(50)));
        Mappings mappings =
                RuleFolder.load(
                        RULES, Map.of("artemis", Backend.Kind.JMS, "kafka", Backend.Kind.KAFKA));
        connections =
                new Connections(
                        new ConnectionSettings(
                                DecoderLimits.DEFAULTS,
                                new FrameLimit(0, FrameLimit.Excess.SLOW),
                                timeToConnect,
                                1 << 20,
                                10_000,
                                1_000,
                                1 << 24),
                        new Admission(10_000, 0),
                        new Sessions(
                                new SessionSettings(
                                        "footbridge/test",
                                        new HeartBeat(1_000, 1_000),
                                        SUBSCRIPTIONS,
                                        TransactionLimits.DEFAULTS,
                                        AnswerLimits.DEFAULTS),
                                () -> mappings,
                                MemoryGateway::authenticate,
                                Audit.NONE),
                        Map.of("artemis", artemis),
                        new Deaf(),
                        Tracing.OFF);
        await().until(() -> artemis.availability().up());
    }

    static MemoryGateway start(Path data, Duration timeToConnect) throws Exception {
        return new MemoryGateway(ArtemisBroker.in(data).start(), timeToConnect);
    }

    @Override
    public StompClient open(Way way) throws IOException {
        return MemoryWire.open(connections);
    }

    private static Proven authenticate(Attempt attempt) throws AccessDenied {
        if (attempt.credentials().isEmpty()) {
            return new Proven(Identity.ANONYMOUS);
        }
        if (!attempt.credentials().get().equals(new Credentials.Passcode("guest", "guest"))) {
            throw new AccessDenied("Wrong login or passcode.");
        }
        return new Proven(new Identity("guest", Set.of("demo"), false));
    }

    @Override
    public void close() {
        connections.close();
        artemis.close();
        broker.close();
    }

    private static final class Deaf implements ConnectionObserver {
        @Override
        public void opened(Arrival arrival) {}

        @Override
        public void closed(Arrival arrival, String reason) {}

        @Override
        public void refused(Refused refused) {}

        @Override
        public RuleObserver rule(String rule) {
            return new DeafToRules();
        }
    }

    private static final class DeafToRules implements RuleObserver {
        @Override
        public void sent(int bytes) {}

        @Override
        public void confirmed(long nanos, boolean receipt) {}

        @Override
        public void delivered(int bytes, long nanos, boolean redelivered) {}

        @Override
        public void settled(Outcome outcome) {}

        @Override
        public void dropped(int messages) {}
    }
}
