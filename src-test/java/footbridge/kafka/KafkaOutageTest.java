package footbridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.BackendSession;
import footbridge.backend.Message;
import footbridge.backend.SlowReader;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.KafkaTopic;
import footbridge.kafka.client.KafkaSettings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A cluster that goes away and comes back.
class KafkaOutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// A send's own limit in these tests is 4 s; the rest is for a busy machine.
    private static final Duration SEND_LIMIT = Duration.ofSeconds(15);

    private KafkaCluster cluster;

    @BeforeEach
    void startBroker() {
        cluster = new KafkaCluster();
    }

    @AfterEach
    void stopBroker() throws Exception {
        cluster.close();
    }

    @Test
    void afterAnOutageEverythingContinuesAndSubscribersHaveNoGap() throws Exception {
        cluster.createTopic("steady", 2);
        try (KafkaBackend backend = cluster.backend(Map.of())) {
            await().atMost(PATIENCE).until(() -> backend.availability().up());
            BackendSession session = backend.open();
            Received received = new Received();
            session.subscribe(topic("steady"), SubscribeOptions.automatic(100), received);
            Narrow behind = new Narrow();
            behind.makeRoom(30);
            session.subscribe(
                    topic("steady"),
                    SubscribeOptions.automatic(100).with(SlowReader.PAUSE),
                    behind);
            List<Outcome> before = sends(session, 100);
            await().atMost(PATIENCE).until(() -> before.stream().allMatch(Outcome::isConfirmed));

            Thread stopping = Thread.startVirtualThread(cluster.broker::stop);
            List<Outcome> during = new ArrayList<>();
            await().atMost(PATIENCE)
                    .until(() -> {
                        during.addAll(sends(session, 20));
                        return !backend.availability().up();
                    });
            stopping.join();
            await().atMost(SEND_LIMIT).until(() -> during.stream().allMatch(Outcome::known));

            assertThat(backend.availability().reason()).isNotEmpty();
            assertFailsAtOnce(session);

            cluster.broker.start();
            await().atMost(PATIENCE).until(() -> backend.availability().up());
            List<Outcome> after = sends(session, 100);
            await().atMost(PATIENCE).until(() -> after.stream().allMatch(Outcome::known));

            assertThat(during).allMatch(outcome -> outcome.answers.size() == 1);
            assertThat(during)
                    .filteredOn(outcome -> !outcome.isConfirmed())
                    .isNotEmpty()
                    .extracting(Outcome::failure)
                    .containsAnyOf(Kind.UNAVAILABLE, Kind.OUTCOME_UNKNOWN)
                    .doesNotContain(Kind.REFUSED, Kind.FORBIDDEN, Kind.NO_SUCH_TARGET);
            assertThat(after).allMatch(Outcome::isConfirmed);
            List<String> stored = storedPlaces("steady");
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(places(received))
                                    .containsExactlyInAnyOrderElementsOf(stored));
            behind.makeRoom(1_000_000);
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(places(behind.received))
                                    .containsExactlyInAnyOrderElementsOf(stored));
            assertThat(received.ends).isEmpty();
            assertThat(behind.received.ends).isEmpty();
        }
    }

    @Test
    void clusterThatIsAwayAtTheStartIsFoundWhenItComes() throws Exception {
        cluster.createTopic("early", 1);
        cluster.broker.stop();

        try (KafkaBackend backend = cluster.backend(Map.of())) {
            BackendSession session = backend.open();
            assertThat(backend.availability().up()).isFalse();
            assertFailsAtOnce(session);

            cluster.broker.start();
            await().atMost(PATIENCE).until(() -> backend.availability().up());

            List<Outcome> outcomes = sends(session, "early", 1);
            await().atMost(PATIENCE).until(() -> outcomes.getFirst().isConfirmed());
        }
    }

    @Test
    void sendThatWasTakenBeforeAShortOutageIsStoredAfterIt() throws Exception {
        cluster.createTopic("steady", 1);
        try (KafkaBackend backend =
                new KafkaBackend(
                        new KafkaSettings("kafka", cluster.broker.bootstrapServers(), Map.of()))) {
            await().atMost(PATIENCE).until(() -> backend.availability().up());
            BackendSession session = backend.open();
            List<Outcome> warm = sends(session, 1);
            await().atMost(PATIENCE).until(() -> warm.getFirst().isConfirmed());

            cluster.broker.stop();
            List<Outcome> taken = sends(session, 10);
            cluster.broker.start();
            await().atMost(PATIENCE).until(() -> taken.stream().allMatch(Outcome::known));

            assertThat(taken).allMatch(outcome -> outcome.answers.size() == 1);
            long confirmed = taken.stream().filter(Outcome::isConfirmed).count();
            assertThat(cluster.records("steady")).hasSizeGreaterThanOrEqualTo((int) confirmed + 1);
        }
    }

    @Test
    void clusterThatCannotEvenBeNamedIsAwayAndDoesNotStopTheStart() {
        try (KafkaBackend backend =
                new KafkaBackend(KafkaCluster.settings("no-such-host.invalid:9092", Map.of()))) {
            await().atMost(PATIENCE)
                    .until(() -> backend.availability().reason().contains("no-such-host.invalid"));

            assertFailsAtOnce(backend.open());
        }
    }

    @Test
    void impossiblePropertyIsAReasonForTheOperator() {
        try (KafkaBackend backend =
                new KafkaBackend(
                        KafkaCluster.settings(
                                cluster.broker.bootstrapServers(), Map.of("linger.ms", "soon")))) {
            await().atMost(PATIENCE)
                    .until(() -> backend.availability().reason().contains("linger.ms"));
        }
    }

    @Test
    void closingIsQuickWhileTheClusterIsAway() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            KafkaBackend backend =
                    new KafkaBackend(
                            KafkaCluster.settings("127.0.0.1:" + silent.getLocalPort(), Map.of()));
            long before = System.nanoTime();

            backend.close();

            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .isLessThan(Duration.ofSeconds(20));
            assertThat(backend.availability().up()).isFalse();
        }
    }

    private static void assertFailsAtOnce(BackendSession session) {
        long before = System.nanoTime();
        BackendFailure send =
                catchThrowableOfType(
                        BackendFailure.class,
                        () -> session.send(topic("steady"), message("x"), new Outcome()));
        BackendFailure subscribe =
                catchThrowableOfType(
                        BackendFailure.class,
                        () ->
                                session.subscribe(
                                        topic("steady"),
                                        SubscribeOptions.automatic(1),
                                        new Received()));

        assertThat(send.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(subscribe.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .as("less than one wait for an answer")
                .isLessThan(Duration.ofSeconds(2));
    }

    private static List<Outcome> sends(BackendSession session, int count)
            throws InterruptedException {
        return sends(session, "steady", count);
    }

    private static List<Outcome> sends(BackendSession session, String topic, int count)
            throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i : IntStream.range(0, count).toArray()) {
            Outcome outcome = new Outcome();
            outcomes.add(outcome);
            try {
                session.send(topic(topic), message("m" + i), outcome);
            } catch (BackendFailure e) {
                outcome.failed(e);
            }
        }
        return outcomes;
    }

    private List<String> storedPlaces(String topic) {
        return cluster.records(topic).stream()
                .map(record -> record.partition() + "/" + record.offset())
                .toList();
    }

    private static List<String> places(Received received) {
        return received.deliveries.stream()
                .map(delivery -> delivery.message().headers())
                .map(headers -> headers.get("kafka-partition") + "/" + headers.get("kafka-offset"))
                .toList();
    }

    private static KafkaTopic topic(String topic) {
        return new KafkaTopic("kafka", topic, Optional.empty(), Creation.NEVER);
    }

    private static Message message(String body) {
        return new Message(Map.of(), ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), true);
    }
}
