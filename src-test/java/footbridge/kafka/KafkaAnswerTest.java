package footbridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.BackendSession;
import footbridge.backend.Message;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.KafkaTopic;
import footbridge.kafka.client.KafkaSettings;
import footbridge.kafka.client.KafkaTimes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A broker that has stored a record and whose answer does not come.
class KafkaAnswerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final KafkaTopic TOPIC =
            new KafkaTopic("kafka", "answers", Optional.empty(), Creation.NEVER);

    private HeldLine line;
    private KafkaCluster cluster;

    @BeforeEach
    void startBroker() throws Exception {
        line = new HeldLine();
        cluster = KafkaCluster.reachedThrough(line);
        cluster.createTopic("answers", 1);
    }

    @AfterEach
    void stopBroker() throws Exception {
        line.close();
        cluster.close();
    }

    @Test
    void confirmationWaitsForTheBrokersAnswer() throws Exception {
        assertConfirmationWaits(Map.of());
    }

    @Test
    void noPropertyTakesTheAnswerAway() throws Exception {
        assertConfirmationWaits(Map.of("acks", "0", "enable.idempotence", "false"));
    }

    @Test
    void withoutAnAnswerTheOutcomeIsUnknownAndToldOnce() throws Exception {
        try (KafkaBackend backend = cluster.backend(Map.of())) {
            BackendSession session = readySession(backend);

            line.hold();
            Outcome outcome = sent(session, 10);
            await().atMost(PATIENCE).until(outcome::known);
            line.release();

            assertThat(outcome.failure()).isEqualTo(Kind.OUTCOME_UNKNOWN);
            await().atMost(PATIENCE).until(() -> backend.availability().up());
            Outcome next = sent(session, 10);
            await().atMost(PATIENCE).until(next::isConfirmed);
            assertThat(outcome.answers).hasSize(1);
        }
    }

    @Test
    void whenTooMuchWaitsForAnswersASendFailsAsFull() throws Exception {
        KafkaSettings patient =
                new KafkaSettings(
                                "kafka",
                                cluster.broker.bootstrapServers(),
                                Map.of("buffer.memory", "100000"))
                        .with(
                                new KafkaTimes(
                                        Duration.ofSeconds(30),
                                        Duration.ofSeconds(10),
                                        Duration.ofMillis(200),
                                        Duration.ofSeconds(10)));
        try (KafkaBackend backend = new KafkaBackend(patient)) {
            BackendSession session = readySession(backend);

            line.hold();
            Outcome first = sent(session, 80_000);
            Outcome second = sent(session, 80_000);

            assertThat(second.failure()).isEqualTo(Kind.FULL);
            line.release();
            await().atMost(PATIENCE).until(first::isConfirmed);
            assertThat(second.answers).hasSize(1);
        }
    }

    private void assertConfirmationWaits(Map<String, String> properties) throws Exception {
        try (KafkaBackend backend = cluster.backend(properties)) {
            BackendSession session = readySession(backend);
            long before = cluster.octetsOnDisk("answers");

            line.hold();
            Outcome outcome = sent(session, 10);
            await().atMost(PATIENCE).until(() -> cluster.octetsOnDisk("answers") > before);
            assertThat(outcome.known()).isFalse();

            line.release();
            await().atMost(PATIENCE).until(outcome::isConfirmed);
        }
    }

    /// A session that has sent already: it knows the topic and asks for nothing more.
    private static BackendSession readySession(KafkaBackend backend) throws Exception {
        await().atMost(PATIENCE).until(() -> backend.availability().up());
        BackendSession session = backend.open();
        Outcome first = sent(session, 1);
        await().atMost(PATIENCE).until(first::isConfirmed);
        return session;
    }

    private static Outcome sent(BackendSession session, int octets) throws Exception {
        Outcome outcome = new Outcome();
        try {
            session.send(
                    TOPIC,
                    new Message(Map.of(), ByteBuffer.wrap(new byte[octets]), false),
                    outcome);
        } catch (BackendFailure e) {
            outcome.failed(e);
        }
        return outcome;
    }
}
