package footbridge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendSession;
import footbridge.backend.KafkaUse;
import footbridge.backend.Message;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.KafkaTopic;
import footbridge.backend.TransactedSend;
import footbridge.kafka.client.KafkaLimits;
import footbridge.kafka.client.KafkaSettings;
import footbridge.kafka.client.KafkaTimes;
import footbridge.kafka.client.NamedProducer;
import footbridge.kafka.client.TransactionSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A cluster that takes records slowly.
class KafkaPressureTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BODY = "x".repeat(2_000);

    private static KafkaCluster cluster;
    private static KafkaBackend backend;

    @BeforeAll
    static void start() {
        cluster = new KafkaCluster();
        backend =
                new KafkaBackend(
                        KafkaCluster.settings(cluster.broker.bootstrapServers(), Map.of())
                                .with(KafkaTimes.DEFAULTS)
                                .with(Map.of("other", new NamedProducer("none", Duration.ZERO))));
        await().atMost(PATIENCE).until(() -> backend.availability().up());
    }

    @AfterAll
    static void stop() throws Exception {
        backend.close();
        cluster.close();
    }

    @Test
    void aThrottledProducerSlowsItsClientsAndFailsNothing() throws Exception {
        cluster.createTopic("throttled", 1);
        cluster.limitProducer("footbridge-kafka-producer", 200_000);
        BackendSession session = backend.open();
        List<Outcome> slow = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < 1_500; i++) {
            Outcome outcome = new Outcome();
            session.send(target("throttled", Optional.empty()), message(BODY), outcome);
            slow.add(outcome);
        }
        Outcome other = new Outcome();
        session.send(target("throttled", Optional.of("other")), message(BODY), other);
        await().atMost(Duration.ofSeconds(5)).until(other::isConfirmed);

        await().atMost(PATIENCE).until(() -> slow.stream().allMatch(Outcome::known));

        assertThat(slow).allMatch(Outcome::isConfirmed);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThan(Duration.ofSeconds(2));
    }

    /// With a quota that is measured over 3 s, where the limit of a send is 5 s.
    @Test
    void throttledTransactionsSlowTheirClientsAndFailNothing() throws Exception {
        try (KafkaCluster narrow = new KafkaCluster(Map.of("quota.window.num", "3"));
                KafkaBackend throttled = new KafkaBackend(narrowSettings(narrow))) {
            await().atMost(PATIENCE).until(() -> throttled.availability().up());
            narrow.createTopic("bulk", 1);
            narrow.limitProducer("footbridge-kafka-transactions-0", 60_000);
            Received received = new Received();
            BackendSession session = throttled.open();
            session.subscribe(
                    target("bulk", Optional.empty()), SubscribeOptions.automatic(100), received);
            List<Future<?>> commits = new ArrayList<>();
            long start = System.nanoTime();
            try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 14; i++) {
                    commits.add(clients.submit(() -> commitTen(throttled)));
                }
                Outcome other = new Outcome();
                session.send(target("bulk", Optional.empty()), message("single"), other);
                await().atMost(PATIENCE).until(other::isConfirmed);
            }

            for (Future<?> each : commits) {
                each.get();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThan(Duration.ofSeconds(6));
            await().atMost(PATIENCE).until(() -> received.deliveries.size() == 14 * 10 + 1);
        }
    }

    private static KafkaSettings narrowSettings(KafkaCluster narrow) {
        return new KafkaSettings(
                "kafka",
                narrow.broker.bootstrapServers(),
                Map.of(),
                new KafkaTimes(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(2),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(2)),
                Map.of(),
                new TransactionSettings(1, "footbridge-pressure"),
                KafkaLimits.DEFAULTS);
    }

    private static Void commitTen(KafkaBackend backend) throws Exception {
        BackendSession session = backend.open();
        try {
            TransactedSend send =
                    new TransactedSend(
                            target("bulk", Optional.empty()), message("x".repeat(5_000)));
            session.commit(Collections.nCopies(10, send), List.of());
            return null;
        } finally {
            session.close();
        }
    }

    private static KafkaTopic target(String topic, Optional<String> producer) {
        var use = new KafkaUse(OptionalInt.empty(), producer, Set.of(), KafkaUse.Sharing.BROADCAST);
        return new KafkaTopic("kafka", topic, Optional.empty(), Creation.NEVER, use);
    }

    private static Message message(String body) {
        return new Message(Map.of(), ByteBuffer.wrap(body.getBytes(UTF_8)), true);
    }
}
