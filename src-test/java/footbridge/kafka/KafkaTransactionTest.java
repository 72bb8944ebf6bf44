package footbridge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.BackendSession;
import footbridge.backend.Message;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.KafkaTopic;
import footbridge.backend.TransactedSend;
import footbridge.kafka.client.KafkaTimes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// COMMIT of sends, against a real broker.
class KafkaTransactionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final KafkaTimes PATIENT =
            new KafkaTimes(
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(200),
                    Duration.ofMillis(300));
    private static HeldLine line;
    private static KafkaCluster cluster;

    private KafkaBackend backend;
    private BackendSession session;
    private String a;
    private String b;

    @BeforeAll
    static void startBroker() throws Exception {
        line = new HeldLine();
        cluster = KafkaCluster.reachedThrough(line);
    }

    @AfterAll
    static void stopBroker() throws Exception {
        line.close();
        cluster.close();
    }

    @BeforeEach
    void start(TestInfo test) throws Exception {
        a = "a-" + test.getTestMethod().orElseThrow().getName();
        b = "b-" + test.getTestMethod().orElseThrow().getName();
        cluster.createTopic(a, 1);
        cluster.createTopic(b, 1);
        backend =
                new KafkaBackend(
                        KafkaCluster.settings(cluster.broker.bootstrapServers(), Map.of())
                                .with(PATIENT));
        await().atMost(PATIENCE).until(() -> backend.availability().up());
        session = backend.open();
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void committedSendsAreReadTogetherAndAFailedOneLeavesNothing() throws Exception {
        Received inA = received(a);
        Received inB = received(b);

        session.commit(List.of(send(a, "1"), send(b, "2"), send(a, "3")), List.of());

        await().atMost(PATIENCE).until(() -> inA.bodies().equals(List.of("1", "3")));
        await().atMost(PATIENCE).until(() -> inB.bodies().equals(List.of("2")));

        assertThat(failure(send(a, "lost"), send("missing", "lost")).kind())
                .isEqualTo(Kind.NO_SUCH_TARGET);
        cluster.createTopic("small", 1, Map.of("max.message.bytes", "1000"));
        assertThat(failure(send(a, "lost"), send("small", "x".repeat(2000))).kind())
                .isEqualTo(Kind.TOO_LARGE);

        session.commit(List.of(send(a, "last"), send(b, "last")), List.of());
        await().atMost(PATIENCE).until(() -> inA.bodies().equals(List.of("1", "3", "last")));
        await().atMost(PATIENCE).until(() -> inB.bodies().equals(List.of("2", "last")));
    }

    @Test
    void manyCommitAtOnceWithFewProducers() throws Exception {
        Received inA = received(a);
        Received inB = received(b);
        int commits = 40;

        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < commits; i++) {
                String body = Integer.toString(i);
                all.add(clients.submit(() -> commit(send(a, body), send(b, body))));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }

        await().atMost(PATIENCE).until(() -> inB.deliveries.size() == commits);
        assertThat(inA.bodies()).containsExactlyInAnyOrderElementsOf(bodies(commits));
        assertThat(inB.bodies()).containsExactlyInAnyOrderElementsOf(bodies(commits));
    }

    /// The broker has everything and its answer does not come: nobody can know, so nobody pretends.
    @Test
    void withoutAnAnswerTheOutcomeIsUnknownOrNothingWasDone() throws Exception {
        commit(send(a, "ready"));
        line.hold();

        Kind kind = failure(send(a, "held")).kind();

        assertThat(kind).isIn(Kind.OUTCOME_UNKNOWN, Kind.UNAVAILABLE);
        line.release();
        await().atMost(PATIENCE).until(() -> backend.availability().up());
        Received inA = received(a);
        commit(send(a, "after"));
        await().atMost(PATIENCE).until(() -> inA.bodies().contains("after"));
        assertThat(inA.bodies()).containsExactly("after");
    }

    private Object commit(TransactedSend... sends) throws Exception {
        session.commit(List.of(sends), List.of());
        return sends;
    }

    private BackendFailure failure(TransactedSend... sends) {
        return catchThrowableOfType(BackendFailure.class, () -> commit(sends));
    }

    private Received received(String topic) throws Exception {
        Received received = new Received();
        session.subscribe(target(topic), SubscribeOptions.automatic(100), received);
        return received;
    }

    private static List<String> bodies(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private static TransactedSend send(String topic, String body) {
        ByteBuffer octets = ByteBuffer.wrap(body.getBytes(UTF_8));
        return new TransactedSend(target(topic), new Message(Map.of(), octets, true));
    }

    private static KafkaTopic target(String topic) {
        return new KafkaTopic("kafka", topic, Optional.empty(), Creation.NEVER);
    }
}
