package footbridge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.BackendSession;
import footbridge.backend.Delivery;
import footbridge.backend.KafkaReading;
import footbridge.backend.Snapshots;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.KafkaTopic;
import footbridge.kafka.client.KafkaLimits;
import footbridge.kafka.record.Offsets;
import footbridge.kafka.record.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The newest record of each key before what is new, against a real broker.
class KafkaSnapshotTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");
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
        open(KafkaLimits.DEFAULTS);
    }

    @AfterEach
    void close() {
        session.close();
        backend.close();
    }

    @Test
    void theNewestOfEachKeyComesFirstThenWhatIsNew() throws Exception {
        cluster.createTopic("prices", 3, COMPACTED);
        put("prices", "a", "a1");
        put("prices", "b", "b1");
        put("prices", "a", "a2");
        put("prices", "gone", "g1");
        put("prices", "gone", null);
        Received received = new Received();

        Subscription subscription = subscribe("prices", Optional.empty(), received);
        await().atMost(PATIENCE).until(() -> headers(received, "snapshot").contains("end"));
        put("prices", "c", "c1");
        put("prices", "a", null);
        await().atMost(PATIENCE).until(() -> received.deliveries.size() == 5);

        assertThat(received.bodies().subList(0, 2)).containsExactlyInAnyOrder("a2", "b1");
        assertThat(headers(received, "snapshot")).containsExactly("true", "true", "end");
        assertThat(received.bodies().subList(3, 5)).containsExactlyInAnyOrder("c1", "");
        assertThat(headers(received, "kafka-tombstone")).containsExactly("true");
        assertThat(subscription.told()).isEmpty();
        // Whoever is cut amid a snapshot begins anew; behind it there are positions.
        assertThat(headers(received, "kafka-position")).hasSize(3);
    }

    @Test
    void oneKeyHasASnapshotOfItsOwn() throws Exception {
        cluster.createTopic("single", 2, COMPACTED);
        put("single", "a", "a1");
        put("single", "b", "b1");
        put("single", "b", "b2");
        Received one = new Received();
        Received none = new Received();

        subscribe("single", Optional.of("b"), one);
        subscribe("single", Optional.of("unknown"), none);
        await().atMost(PATIENCE)
                .until(() -> one.deliveries.size() == 2 && none.deliveries.size() == 1);
        put("single", "b", "b3");
        put("single", "a", "a2");
        await().atMost(PATIENCE).until(() -> one.deliveries.size() == 3);

        assertThat(one.bodies()).containsExactly("b2", "", "b3");
        assertThat(headers(none, "snapshot")).containsExactly("end");
    }

    @Test
    void fromTheEndOfASnapshotAClientGoesOnAndFromALostPlaceItGetsAnother() throws Exception {
        cluster.createTopic("cut", 1, COMPACTED);
        put("cut", "a", "a1");
        Received before = new Received();
        Subscription cut = subscribe("cut", Optional.empty(), before);
        await().atMost(PATIENCE).until(() -> before.deliveries.size() == 2);
        String position =
                Objects.requireNonNull(
                        before.deliveries.getLast().message().headers().get("kafka-position"));
        cut.close();
        put("cut", "a", "a2");
        put("cut", "b", "b1");

        Received after = new Received();
        subscribe("cut", resuming(position), after);
        Received lost = new Received();
        Position beyond =
                new Position(Position.of(position).orElseThrow().topic(), new Offsets(99));
        subscribe("cut", resuming(beyond.text()), lost);

        await().atMost(PATIENCE)
                .until(() -> after.deliveries.size() == 2 && lost.deliveries.size() == 3);
        assertThat(after.bodies()).containsExactly("a2", "b1");
        assertThat(headers(after, "recovered")).containsExactly("true");
        assertThat(headers(lost, "snapshot")).containsExactly("true", "true", "end");
        assertThat(headers(lost, "recovered")).containsExactly("false");
    }

    @Test
    void snapshotsOfATopicThatChangesMissNothing() throws Exception {
        int keys = 200;
        int versions = 60;
        cluster.createTopic("changing", 3, COMPACTED);
        putVersions("changing", keys, 0, 1);
        Thread producer = Thread.ofVirtual().start(() -> putQuietly("changing", keys, 1, versions));
        List<Received> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            all.add(new Received());
            subscribe("changing", Optional.empty(), all.getLast());
            // The next one begins when this one has begun.
            Received last = all.getLast();
            await().atMost(PATIENCE).until(() -> !last.deliveries.isEmpty());
        }
        Narrow slow = new Narrow();
        subscribe("changing", Optional.empty(), slow);
        producer.join();
        slow.makeRoom(1_000_000);
        all.add(slow.received);

        for (Received received : all) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertVersions(received, keys, versions - 1));
        }
    }

    @Test
    void aTopicThatIsNotCompactedHasNone() throws Exception {
        cluster.createTopic("plain", 1);

        BackendFailure failure =
                catchThrowableOfType(
                        BackendFailure.class,
                        () -> subscribe("plain", Optional.empty(), new Received()));

        assertThat(failure.kind()).isEqualTo(Kind.UNSUPPORTED);
    }

    @Test
    void moreKeysThanTheNodeKeepsAreRefused() throws Exception {
        close();
        open(KafkaLimits.DEFAULTS.withSnapshots(50, 1 << 20));
        cluster.createTopic("large", 2, COMPACTED);
        putVersions("large", 60, 0, 1);
        cluster.createTopic("small", 2, COMPACTED);
        putVersions("small", 40, 0, 1);
        Received refused = new Received();
        session.subscribe(topic("large", Optional.empty()), SubscribeOptions.automatic(9), noop());

        subscribe("large", Optional.empty(), refused);
        await().atMost(PATIENCE).until(() -> !refused.ends.isEmpty());

        assertThat(refused.ends.getFirst().kind()).isEqualTo(Kind.SNAPSHOT_TOO_LARGE);
        assertThat(headers(refused, "snapshot")).doesNotContain("end");
        BackendFailure again =
                catchThrowableOfType(
                        BackendFailure.class,
                        () -> subscribe("large", Optional.empty(), new Received()));
        assertThat(again.kind()).isEqualTo(Kind.SNAPSHOT_TOO_LARGE);
        assertThat(backend.snapshots()).isEqualTo(new Snapshots(0, 0, List.of("large")));
        // What was given up has left its room to others.
        Received other = new Received();
        subscribe("small", Optional.empty(), other);
        await().atMost(PATIENCE).until(() -> headers(other, "snapshot").contains("end"));
        assertThat(other.deliveries).hasSize(41);
        assertThat(backend.snapshots().keys()).isEqualTo(40);
        assertThat(backend.snapshots().tooLarge()).containsExactly("large");
    }

    private static Subscriber noop() {
        return new Received();
    }

    /// From the version in the snapshot on each key has each version once, up to the last.
    private static void assertVersions(Received received, int keys, int last) {
        Map<String, Integer> seen = new HashMap<>();
        for (Delivery delivery : received.deliveries) {
            String key = delivery.message().headers().get("kafka-key");
            if (key != null) {
                int version = Integer.parseInt(Received.text(delivery.message()));
                Integer before = seen.put(key, version);
                assertThat(before == null ? version : before + 1).as(key).isEqualTo(version);
            }
        }
        assertThat(seen).hasSize(keys);
        assertThat(seen.values()).containsOnly(last);
    }

    private void open(KafkaLimits limits) {
        backend =
                new KafkaBackend(
                        KafkaCluster.settings(cluster.broker.bootstrapServers(), Map.of())
                                .with(limits));
        await().atMost(PATIENCE).until(() -> backend.availability().up());
        session = backend.open();
    }

    private Subscription subscribe(String topic, Optional<String> key, Subscriber subscriber)
            throws Exception {
        return session.subscribe(
                topic(topic, key),
                SubscribeOptions.automatic(100).with(KafkaReading.PLAIN.withSnapshot()),
                subscriber);
    }

    private Subscription subscribe(String topic, SubscribeOptions options, Subscriber subscriber)
            throws Exception {
        return session.subscribe(topic(topic, Optional.empty()), options, subscriber);
    }

    private static SubscribeOptions resuming(String position) {
        return SubscribeOptions.automatic(100)
                .with(KafkaReading.PLAIN.withSnapshot().resumingFrom(position));
    }

    private static KafkaTopic topic(String topic, Optional<String> key) {
        return new KafkaTopic("kafka", topic, key, Creation.NEVER);
    }

    private static List<String> headers(Received received, String name) {
        return received.deliveries.stream()
                .flatMap(each -> Optional.ofNullable(each.message().headers().get(name)).stream())
                .toList();
    }

    private static void put(String topic, String key, @Nullable String value) throws Exception {
        cluster.produce(record(topic, key, value));
    }

    private static void putVersions(String topic, int keys, int from, int to) throws Exception {
        for (int version = from; version < to; version++) {
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (int key = 0; key < keys; key++) {
                records.add(record(topic, "k" + key, Integer.toString(version)));
            }
            cluster.produceAll(records);
        }
    }

    private static void putQuietly(String topic, int keys, int from, int to) {
        try {
            putVersions(topic, keys, from, to);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, String key, @Nullable String value) {
        return new ProducerRecord<>(
                topic, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
    }
}
