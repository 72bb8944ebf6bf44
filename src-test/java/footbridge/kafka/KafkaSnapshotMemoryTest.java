package footbridge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Delivery;
import footbridge.backend.KafkaReading;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscriber;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.KafkaTopic;
import footbridge.kafka.client.KafkaLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the newest records of keys take of the heap, beside what the gateway counts for them. With
/// `-Dsnapshot.keys=1000000` for as many keys.
class KafkaSnapshotMemoryTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int KEYS = Integer.getInteger("snapshot.keys", 100_000);
    private static final int CHUNK = 10_000;
    private static KafkaCluster cluster;

    @BeforeAll
    static void startBroker() {
        cluster = new KafkaCluster();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void whatIsCountedIsWhatTheHeapHolds(int headers) throws Exception {
        String topic = "keys-" + headers;
        cluster.createTopic(topic, 2, Map.of("cleanup.policy", "compact"));
        for (int from = 0; from < KEYS; from += CHUNK) {
            fill(topic, from, Math.min(KEYS, from + CHUNK), headers);
        }
        var settings =
                KafkaCluster.settings(cluster.broker.bootstrapServers(), Map.of())
                        .with(KafkaLimits.DEFAULTS.withSnapshots(KEYS, 4L << 30));
        try (KafkaBackend backend = new KafkaBackend(settings)) {
            await().atMost(PATIENCE).until(() -> backend.availability().up());
            BackendSession session = backend.open();
            long before = heap();

            UntilTheEnd complete = new UntilTheEnd(new CompletableFuture<>());
            session.subscribe(
                    new KafkaTopic("kafka", topic, Optional.empty(), Creation.NEVER),
                    SubscribeOptions.automatic(100).with(KafkaReading.PLAIN.withSnapshot()),
                    complete);
            complete.end.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();

            double held = (heap() - before) / (double) KEYS;
            double counted = backend.snapshots().octets() / (double) KEYS;
            System.out.printf(
                    "snapshot keys=%d headers=%d octets-per-key=%.0f counted=%.0f%n",
                    backend.snapshots().keys(), headers, held, counted);
            assertThat(backend.snapshots().keys()).isEqualTo(KEYS);
            assertThat(counted).isBetween(held, 2 * held);
        }
    }

    private static void fill(String topic, int from, int to, int headers) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(to - from);
        for (int key = from; key < to; key++) {
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(
                            topic,
                            "key-%08d".formatted(key).getBytes(UTF_8),
                            "v".repeat(20).getBytes(UTF_8));
            for (int header = 0; header < headers; header++) {
                record.headers().add("header-" + header, "value-01".getBytes(UTF_8));
            }
            records.add(record);
        }
        cluster.produceAll(records);
    }

    /// What is in use after collecting, the least of some looks.
    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int look = 0; look < 4; look++) {
            System.gc();
            least =
                    Math.min(
                            least,
                            Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    /// Keeps nothing of what it gets.
    private record UntilTheEnd(CompletableFuture<Void> end) implements Subscriber {

        @Override
        public void deliver(Delivery delivery) {
            if ("end".equals(delivery.message().headers().get("snapshot"))) {
                end.complete(null);
            }
        }

        @Override
        public void ended(BackendFailure why) {
            end.completeExceptionally(why);
        }
    }
}
