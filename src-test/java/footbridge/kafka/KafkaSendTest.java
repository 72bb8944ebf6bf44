package footbridge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.BackendSession;
import footbridge.backend.Message;
import footbridge.backend.Target;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.KafkaTopic;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// SEND against a real broker.
class KafkaSendTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static KafkaCluster cluster;

    private KafkaBackend backend;
    private BackendSession session;

    @BeforeAll
    static void startBroker() {
        cluster = new KafkaCluster();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        cluster.close();
    }

    @BeforeEach
    void open() {
        open(Map.of());
    }

    @AfterEach
    void close() {
        session.close();
        backend.close();
    }

    @Test
    void confirmedRecordIsStoredWithKeyHeadersAndTheSameOctets() throws Exception {
        cluster.createTopic("octets", 1);
        byte[] body = new byte[1000];
        new Random(7).nextBytes(body);
        body[0] = 0;
        body[999] = 0;
        Map<String, String> headers =
                Map.of("content-type", "application/octet-stream", "x-größe", "ü\nrest");

        Outcome outcome = new Outcome();
        session.send(
                new KafkaTopic("kafka", "octets", Optional.of("ké"), Creation.NEVER),
                new Message(headers, ByteBuffer.wrap(body), false),
                outcome);
        await().atMost(PATIENCE).until(outcome::known);

        assertThat(outcome.isConfirmed()).isTrue();
        ConsumerRecord<byte[], byte[]> stored = cluster.records("octets").getFirst();
        assertThat(stored.value()).isEqualTo(body);
        assertThat(new String(stored.key(), UTF_8)).isEqualTo("ké");
        assertThat(headersOf(stored)).isEqualTo(headers);
    }

    @Test
    void aPartOfALargerBufferIsSentWithoutItsSurroundings() throws Exception {
        cluster.createTopic("slices", 1);

        Outcome outcome = new Outcome();
        session.send(
                topic("slices"),
                new Message(Map.of(), ByteBuffer.wrap("xxbodyyy".getBytes(UTF_8), 2, 4), true),
                outcome);
        await().atMost(PATIENCE).until(outcome::isConfirmed);

        assertThat(cluster.records("slices").getFirst().value()).isEqualTo("body".getBytes(UTF_8));
    }

    @Test
    void missingTopicIsRefusedWithinTwoSecondsAndIsNotMade() throws Exception {
        long before = System.nanoTime();

        BackendFailure failure = failureOf("missing");

        assertThat(failure.kind()).isEqualTo(Kind.NO_SUCH_TARGET);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
        assertThat(cluster.hasTopic("missing")).isFalse();
    }

    @Test
    void nameThatNoTopicCanHaveIsRefused() {
        assertThat(failureOf("no topic!").kind()).isEqualTo(Kind.NO_SUCH_TARGET);
    }

    @Test
    void topicMadeAfterARefusalIsFoundSoon() throws Exception {
        assertThat(failureOf("late").kind()).isEqualTo(Kind.NO_SUCH_TARGET);
        cluster.createTopic("late", 1);

        await().atMost(PATIENCE).until(() -> isConfirmed("late"));
    }

    @Test
    void creationMakesTheTopicOnTheFirstSend() throws Exception {
        Outcome outcome = new Outcome();
        session.send(
                new KafkaTopic("kafka", "made", Optional.empty(), Creation.AUTO),
                message("first"),
                outcome);
        await().atMost(PATIENCE).until(outcome::isConfirmed);

        assertThat(cluster.records("made")).hasSize(1);
    }

    @Test
    void tooLargeARecordFailsAloneWhileOthersFlow() throws Exception {
        cluster.createTopic("small", 1, Map.of("max.message.bytes", "20000"));
        List<Outcome> small = new ArrayList<>();
        Outcome large = new Outcome();

        for (int i = 0; i < 100; i++) {
            if (i == 50) {
                sendTo("small", "x".repeat(30_000), large);
            }
            small.add(sent("small", "n" + i));
        }
        await().atMost(PATIENCE).until(() -> large.known() && allKnown(small));

        assertThat(large.answers).hasSize(1);
        assertThat(large.failure()).isEqualTo(Kind.TOO_LARGE);
        assertThat(small).allMatch(Outcome::isConfirmed);
        assertThat(bodies("small"))
                .isEqualTo(IntStream.range(0, 100).mapToObj(i -> "n" + i).toList());
    }

    @Test
    void largestRecordThatIsTakenDoesNotHarmItsNeighbours() throws Exception {
        cluster.createTopic("brimful", 1, Map.of("max.message.bytes", "20000"));
        List<Outcome> outcomes = new ArrayList<>();

        for (int size = 19_850; size < 20_000; size++) {
            Outcome outcome = new Outcome();
            sendTo("brimful", "x".repeat(size), outcome);
            outcomes.add(outcome);
            outcomes.add(sent("brimful", ""));
            outcomes.add(sent("brimful", "n"));
        }
        await().atMost(PATIENCE).until(() -> allKnown(outcomes));

        assertThat(outcomes)
                .allMatch(outcome -> outcome.isConfirmed() || outcome.failure() == Kind.TOO_LARGE);
        assertThat(outcomes.getFirst().isConfirmed()).isTrue();
        assertThat(outcomes).filteredOn(Outcome::isConfirmed).hasSizeGreaterThan(300);
    }

    @Test
    void tenThousandSendsAreConfirmedOnceEachAndKeepTheirOrder() throws Exception {
        cluster.createTopic("ordered", 1);
        List<Outcome> outcomes = new ArrayList<>();

        for (int i = 0; i < 10_000; i++) {
            outcomes.add(sent("ordered", Integer.toString(i)));
        }
        await().atMost(PATIENCE).until(() -> allKnown(outcomes));

        assertThat(outcomes).allMatch(Outcome::isConfirmed);
        assertThat(bodies("ordered"))
                .isEqualTo(IntStream.range(0, 10_000).mapToObj(Integer::toString).toList());
    }

    @Test
    void topicDeletedBetweenTwoSendsEndsEverySendOnce() throws Exception {
        cluster.createTopic("doomed", 1);
        assertThat(isConfirmed("doomed")).isTrue();
        cluster.deleteTopic("doomed");

        Outcome outcome = new Outcome();
        sendTo("doomed", "late", outcome);
        await().atMost(PATIENCE).until(outcome::known);

        assertThat(outcome.answers).hasSize(1);
        assertThat(outcome.failure()).isIn(Kind.NO_SUCH_TARGET, Kind.OUTCOME_UNKNOWN);
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(NullPointerException.class)
                .until(() -> failureOf("doomed").kind() == Kind.NO_SUCH_TARGET);
    }

    @Test
    void aJmsTargetIsOurOwnMistake() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        session.send(
                                new Target.JmsQueue("kafka", "q", Creation.NEVER),
                                message("x"),
                                new Outcome()));
    }

    private void open(Map<String, String> properties) {
        backend = cluster.backend(properties);
        await().atMost(PATIENCE).until(() -> backend.availability().up());
        session = backend.open();
    }

    private Outcome sent(String topic, String body) throws Exception {
        Outcome outcome = new Outcome();
        session.send(topic(topic), message(body), outcome);
        return outcome;
    }

    /// Like a client connection: what is thrown is an answer too.
    private void sendTo(String topic, String body, Outcome outcome) {
        try {
            session.send(topic(topic), message(body), outcome);
        } catch (BackendFailure e) {
            outcome.failed(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private boolean isConfirmed(String topic) {
        Outcome outcome = new Outcome();
        sendTo(topic, "x", outcome);
        await().atMost(PATIENCE).until(outcome::known);
        return outcome.isConfirmed();
    }

    private BackendFailure failureOf(String topic) {
        return catchThrowableOfType(
                BackendFailure.class,
                () -> session.send(topic(topic), message("x"), new Outcome()));
    }

    private static boolean allKnown(List<Outcome> outcomes) {
        return outcomes.stream().allMatch(Outcome::known);
    }

    private static KafkaTopic topic(String topic) {
        return new KafkaTopic("kafka", topic, Optional.empty(), Creation.NEVER);
    }

    private static Message message(String body) {
        return new Message(Map.of(), ByteBuffer.wrap(body.getBytes(UTF_8)), true);
    }

    private static List<String> bodies(String topic) {
        return cluster.records(topic).stream()
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private static Map<String, String> headersOf(ConsumerRecord<byte[], byte[]> record) {
        Map<String, String> headers = new java.util.HashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), UTF_8));
        }
        return headers;
    }
}
