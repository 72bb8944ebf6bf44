package footbridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.BackendSession;
import footbridge.backend.Delivery;
import footbridge.backend.KafkaReading;
import footbridge.backend.SlowReader;
import footbridge.backend.StartAt;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.KafkaTopic;
import footbridge.kafka.client.KafkaLimits;
import footbridge.kafka.record.Offsets;
import footbridge.kafka.record.Position;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Subscriptions that begin in the past, against a real broker.
class KafkaReplayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 3;
    private static KafkaCluster cluster;

    private KafkaBackend backend;
    private BackendSession session;

    @BeforeAll
    static void startBroker() throws Exception {
        cluster = new KafkaCluster();
        // Its records are of 1970; half a minute after its start a broker deletes what is old.
        cluster.createTopic("history", 1, Map.of("retention.ms", "-1"));
        for (int i = 0; i < 10; i++) {
            cluster.produce(new ProducerRecord<>("history", 0, 1_000L + i, null, octets("0-" + i)));
        }
    }

    @AfterAll
    static void stopBroker() throws Exception {
        cluster.close();
    }

    @BeforeEach
    void open() {
        backend = open(KafkaLimits.DEFAULTS.withCatchUps(4));
        session = backend.open();
    }

    @AfterEach
    void close() {
        session.close();
        backend.close();
    }

    @ParameterizedTest
    @CsvSource({
        "earliest, 0",
        "offset=7, 7",
        "offset=0, 0",
        "last=3, 7",
        "last=100, 0",
        "timestamp=1970-01-01T00:00:01.004Z, 4",
        "timestamp=1970-01-01T01:00:00.5+01:00, 0"
    })
    void aSubscriptionBeginsWhereItSays(String from, int first) throws Exception {
        Received received = new Received();

        subscribe("history", from(from), received);

        await().atMost(PATIENCE).until(() -> received.deliveries.size() == 10 - first);
        assertThat(received.bodies())
                .containsExactlyElementsOf(
                        IntStream.range(first, 10).mapToObj(i -> "0-" + i).toList());
        assertThat(received.deliveries.getFirst().message().headers())
                .doesNotContainKey("recovered");
    }

    @ParameterizedTest
    @CsvSource({"latest", "offset=10", "last=0", "timestamp=2999-01-01T00:00:00Z"})
    void aSubscriptionMayBeginAtTheEnd(String from) throws Exception {
        String topic = "end-" + from.replaceAll("[^a-z0-9]", "");
        cluster.createTopic(topic, 1);
        fill(topic, 10, 1);
        Received received = new Received();

        subscribe(topic, from(from), received);
        cluster.produceTo(topic, 0, "new");

        await().atMost(PATIENCE).until(() -> !received.deliveries.isEmpty());
        assertThat(received.bodies()).containsExactly("new");
    }

    @Test
    void anOffsetThatIsNotThereIsRefused() throws Exception {
        cluster.createTopic("short", 1);
        fill("short", 5, 1);
        cluster.deleteRecords("short", 2);

        for (String from : List.of("offset=1", "offset=6")) {
            BackendFailure failure =
                    catchThrowableOfType(
                            BackendFailure.class,
                            () -> subscribe("short", from(from), new Received()));
            assertThat(failure.kind()).isEqualTo(Kind.OFFSET_OUT_OF_RANGE);
        }
        assertThat(backend.readers()).isZero();
    }

    @Test
    void resumingOnAnotherNodeMissesNothingAndRepeatsNothing() throws Exception {
        cluster.createTopic("resumed", PARTITIONS);
        fill("resumed", 30, PARTITIONS);
        Received before = new Received();
        subscribe("resumed", from("earliest"), before);
        await().atMost(PATIENCE).until(() -> before.deliveries.size() == 30);
        fill("resumed", 30, 6, PARTITIONS);
        await().atMost(PATIENCE).until(() -> before.deliveries.size() == 36);

        try (KafkaBackend other = open(KafkaLimits.DEFAULTS.withCatchUps(4))) {
            for (int had : List.of(1, 15, 30, 33, 36)) {
                Received after = new Received();
                Subscription resumed =
                        other.open()
                                .subscribe(
                                        topic("resumed"),
                                        options(resume(before.deliveries.get(had - 1))),
                                        after);
                assertThat(resumed.told()).containsEntry("recovered", "true");
                cluster.produceTo("resumed", 1, "1-last-" + had);
                await().atMost(PATIENCE).until(() -> after.bodies().contains("1-last-" + had));

                assertThat(all(before.bodies().subList(0, had), after.bodies()))
                        .doesNotHaveDuplicates()
                        .containsAll(before.bodies().subList(0, 36));
                assertThat(recovered(after)).containsExactly("true");
                resumed.close();
            }
        }
    }

    @Test
    void theReceiptsPositionIsGoodToResumeFromToo() throws Exception {
        cluster.createTopic("silent", PARTITIONS);
        fill("silent", 9, PARTITIONS);
        Subscription idle = subscribe("silent", KafkaReading.PLAIN, new Received());
        String position = position(idle.told());
        idle.close();
        fill("silent", 9, 3, PARTITIONS);
        Received received = new Received();

        subscribe("silent", KafkaReading.PLAIN.resumingFrom(position), received);

        await().atMost(PATIENCE).until(() -> received.deliveries.size() == 3);
        assertThat(received.bodies()).containsExactlyInAnyOrder("0-9", "1-10", "2-11");
        assertThat(recovered(received)).containsExactly("true");
    }

    @Test
    void whatRetentionHasTakenIsTold() throws Exception {
        cluster.createTopic("shortened", 1);
        fill("shortened", 10, 1);
        Received before = new Received();
        subscribe("shortened", from("earliest"), before);
        await().atMost(PATIENCE).until(() -> before.deliveries.size() == 10);
        cluster.deleteRecords("shortened", 6);

        Received lost = new Received();
        Subscription resumed = subscribe("shortened", resume(before.deliveries.get(3)), lost);
        Received kept = new Received();
        subscribe("shortened", resume(before.deliveries.get(5)), kept);

        await().atMost(PATIENCE)
                .until(() -> lost.deliveries.size() == 4 && kept.deliveries.size() == 4);
        assertThat(resumed.told()).containsEntry("recovered", "false");
        assertThat(lost.bodies()).containsExactly("0-6", "0-7", "0-8", "0-9");
        assertThat(recovered(lost)).containsExactly("false");
        assertThat(recovered(kept)).containsExactly("true");
    }

    @Test
    void aPositionOfAnotherTopicIsNotRecovered() throws Exception {
        cluster.createTopic("namesake", 1);
        fill("namesake", 3, 1);
        Received elsewhere = new Received();
        subscribe("history", from("earliest"), elsewhere);
        await().atMost(PATIENCE).until(() -> elsewhere.deliveries.size() == 10);

        Received received = new Received();
        subscribe("namesake", resume(elsewhere.deliveries.getFirst()), received);

        await().atMost(PATIENCE).until(() -> received.deliveries.size() == 3);
        assertThat(recovered(received)).containsExactly("false");
    }

    @Test
    void aPositionThatTheTopicHasNotReachedIsNotRecovered() throws Exception {
        cluster.createTopic("behind", 1);
        fill("behind", 3, 1);
        Subscription here = subscribe("behind", KafkaReading.PLAIN, new Received());
        Position end = Position.of(position(here.told())).orElseThrow();
        Position beyond = new Position(end.topic(), new Offsets(99));
        Received received = new Received();

        Subscription resumed =
                subscribe("behind", KafkaReading.PLAIN.resumingFrom(beyond.text()), received);
        cluster.produceTo("behind", 0, "new");

        await().atMost(PATIENCE).until(() -> !received.deliveries.isEmpty());
        assertThat(resumed.told()).containsEntry("recovered", "false");
        assertThat(received.bodies()).containsExactly("new");
    }

    @Test
    void whatIsNoPositionIsRefused() {
        BackendFailure failure =
                catchThrowableOfType(
                        BackendFailure.class,
                        () ->
                                subscribe(
                                        "history",
                                        KafkaReading.PLAIN.resumingFrom("yesterday"),
                                        new Received()));

        assertThat(failure.kind()).isEqualTo(Kind.INVALID_HEADER);
    }

    @Test
    void onlyTheWantedKeyIsReplayed() throws Exception {
        cluster.createTopic("keyed", PARTITIONS);
        for (int i = 0; i < 20; i++) {
            cluster.produce("keyed", Optional.of("k" + i % 4), "v" + i);
        }
        Received received = new Received();

        session.subscribe(
                new KafkaTopic("kafka", "keyed", Optional.of("k1"), Creation.NEVER),
                options(from("earliest")),
                received);

        await().atMost(PATIENCE).until(() -> received.deliveries.size() == 5);
        assertThat(received.bodies()).containsExactly("v1", "v5", "v9", "v13", "v17");
    }

    @Test
    void abortedRecordsHoldNobodyUp() throws Exception {
        cluster.createTopic("aborted", 1);
        cluster.produceTo("aborted", 0, "first");
        cluster.produceInTransaction("aborted", "never", false);
        Received received = new Received();

        subscribe("aborted", from("earliest"), received);
        await().atMost(PATIENCE).until(() -> backend.catchUps() == 0);
        cluster.produceTo("aborted", 0, "second");

        await().atMost(PATIENCE).until(() -> received.deliveries.size() == 2);
        assertThat(received.bodies()).containsExactly("first", "second");
    }

    @Test
    void fortySubscriptionsCatchUpWithALiveTopicWithoutGapOrDouble() throws Exception {
        cluster.createTopic("merged", PARTITIONS);
        fill("merged", 3_000, PARTITIONS);
        Received first = new Received();
        subscribe("merged", from("earliest"), first);
        await().atMost(PATIENCE).until(() -> first.deliveries.size() == 3_000);
        Thread producer =
                Thread.ofVirtual().start(() -> fillQuietly("merged", 3_000, 6_000, PARTITIONS));

        List<Received> all = new ArrayList<>();
        List<List<String>> had = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int from = i * 70 + 1;
            had.add(first.bodies().subList(0, from));
            all.add(new Received());
            subscribe("merged", resume(first.deliveries.get(from - 1)), all.getLast());
        }
        producer.join();
        List<Received> seen = List.copyOf(all);
        await().atMost(PATIENCE)
                .until(() ->
                        IntStream.range(0, 40)
                                .allMatch(i ->
                                        seen.get(i).deliveries.size() + had.get(i).size()
                                                >= 9_000));

        assertThat(backend.readers()).isEqualTo(1);
        for (int i = 0; i < 40; i++) {
            assertInOrder(all(had.get(i), all.get(i).bodies()), 9_000);
        }
        await().atMost(PATIENCE).until(() -> backend.catchUps() == 0);
    }

    @Test
    void aClientWithoutRoomIsWaitedForAndItsPlaceInLineGivenToOthers() throws Exception {
        session.close();
        backend.close();
        backend = open(KafkaLimits.DEFAULTS.withCatchUps(1));
        session = backend.open();
        cluster.createTopic("crowded", PARTITIONS);
        fill("crowded", 300, PARTITIONS);
        Narrow stuck = new Narrow();
        subscribe("crowded", from("earliest"), stuck);
        Received other = new Received();
        subscribe("crowded", from("earliest"), other);

        await().atMost(PATIENCE).until(() -> other.deliveries.size() == 300);
        assertThat(stuck.received.deliveries).isEmpty();
        stuck.makeRoom(10);
        await().atMost(PATIENCE).until(() -> stuck.received.deliveries.size() == 10);
        stuck.makeRoom(10_000);
        await().atMost(PATIENCE).until(() -> stuck.received.deliveries.size() == 300);

        assertInOrder(stuck.received.bodies(), 300);
    }

    @Test
    void aClientThatLagsHasItsOwnReaderAndMissesNothing() throws Exception {
        cluster.createTopic("lagging", PARTITIONS);
        Narrow slow = new Narrow();
        slow.makeRoom(50);
        session.subscribe(
                topic("lagging"), options(KafkaReading.PLAIN).with(SlowReader.PAUSE), slow);
        Received quick = new Received();
        subscribe("lagging", KafkaReading.PLAIN, quick);

        // More than a subscription gathers while it catches up.
        fill("lagging", 12_000, PARTITIONS);
        await().atMost(PATIENCE).until(() -> quick.deliveries.size() == 12_000);
        assertThat(slow.received.deliveries).hasSize(50);
        slow.makeRoom(4_000);
        await().atMost(PATIENCE).until(() -> slow.received.deliveries.size() == 4_050);
        slow.makeRoom(100_000);
        fill("lagging", 12_000, 3_000, PARTITIONS);
        await().atMost(PATIENCE).until(() -> slow.received.deliveries.size() >= 15_000);

        assertInOrder(slow.received.bodies(), 15_000);
        await().atMost(PATIENCE).until(() -> backend.catchUps() == 0);
    }

    @Test
    void aClosedSubscriptionStopsReading() throws Exception {
        Narrow stuck = new Narrow();
        Subscription subscription = subscribe("history", from("earliest"), stuck);
        await().atMost(PATIENCE).until(() -> backend.catchUps() == 1);

        subscription.close();

        await().atMost(PATIENCE).until(() -> backend.catchUps() == 0);
        assertThat(backend.readers()).isZero();
        assertThat(stuck.received.ends).isEmpty();
    }

    private static KafkaBackend open(KafkaLimits limits) {
        KafkaBackend opened =
                new KafkaBackend(
                        KafkaCluster.settings(cluster.broker.bootstrapServers(), Map.of())
                                .with(limits));
        await().atMost(PATIENCE).until(() -> opened.availability().up());
        return opened;
    }

    private Subscription subscribe(String topic, KafkaReading reading, Subscriber subscriber)
            throws Exception {
        return session.subscribe(topic(topic), options(reading), subscriber);
    }

    private static KafkaTopic topic(String topic) {
        return new KafkaTopic("kafka", topic, Optional.empty(), Creation.NEVER);
    }

    private static SubscribeOptions options(KafkaReading reading) {
        return SubscribeOptions.automatic(100).with(reading);
    }

    private static KafkaReading from(String text) {
        return KafkaReading.PLAIN.from(StartAt.of(text).orElseThrow());
    }

    private static KafkaReading resume(Delivery delivery) {
        return KafkaReading.PLAIN.resumingFrom(position(delivery.message().headers()));
    }

    private static String position(Map<String, String> headers) {
        return Objects.requireNonNull(headers.get("kafka-position"));
    }

    private static List<String> recovered(Received received) {
        return received.deliveries.stream()
                .flatMap(delivery ->
                        Optional.ofNullable(delivery.message().headers().get("recovered")).stream())
                .toList();
    }

    private static List<String> all(List<String> before, List<String> after) {
        List<String> all = new ArrayList<>(before);
        all.addAll(after);
        return all;
    }

    /// Each of `count` records once, and those of a partition in order.
    private static void assertInOrder(List<String> bodies, int count) {
        assertThat(bodies).hasSize(count);
        int[] next = IntStream.range(0, PARTITIONS).toArray();
        for (String body : bodies) {
            int partition = body.charAt(0) - '0';
            assertThat(body).isEqualTo(partition + "-" + next[partition]);
            next[partition] += PARTITIONS;
        }
    }

    private static void fill(String topic, int count, int partitions) throws Exception {
        fill(topic, 0, count, partitions);
    }

    /// Numbered records, in turns over the partitions: `2-5` is the sixth and in partition 2.
    private static void fill(String topic, int first, int count, int partitions) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            int partition = i % partitions;
            records.add(new ProducerRecord<>(topic, partition, null, octets(partition + "-" + i)));
        }
        cluster.produceAll(records);
    }

    private static void fillQuietly(String topic, int first, int count, int partitions) {
        try {
            for (int done = 0; done < count; done += 100) {
                fill(topic, first + done, 100, partitions);
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
