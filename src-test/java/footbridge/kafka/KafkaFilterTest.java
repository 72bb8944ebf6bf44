package footbridge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Delivery;
import footbridge.backend.KafkaReading;
import footbridge.backend.KafkaUse;
import footbridge.backend.Settlement;
import footbridge.backend.StartAt;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.KafkaTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Which records a subscription gets, against a real broker.
class KafkaFilterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final SubscribeOptions OPTIONS = SubscribeOptions.automatic(100);
    private static KafkaCluster cluster;
    private static KafkaBackend backend;
    private static BackendSession session;

    @BeforeAll
    static void start() {
        cluster = new KafkaCluster();
        backend = cluster.backend(Map.of());
        await().atMost(PATIENCE).until(() -> backend.availability().up());
        session = backend.open();
    }

    @AfterAll
    static void stop() throws Exception {
        session.close();
        backend.close();
        cluster.close();
    }

    @Test
    void tenThousandSubscribersHaveAKeyEachOfAHundredThousand() throws Exception {
        cluster.createTopic("keys", 4);
        List<Counting> subscribers = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            subscribers.add(new Counting("k" + i));
            session.subscribe(
                    topic("keys", Optional.of("k" + i), Map.of()), OPTIONS, subscribers.getLast());
        }
        Counting last = new Counting("end");
        session.subscribe(topic("keys", Optional.of("end"), Map.of()), OPTIONS, last);

        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            records.add(record("keys", "k" + i, "v" + i, ""));
        }
        cluster.produceAll(records);
        for (int partition = 0; partition < 4; partition++) {
            cluster.produce(
                    new ProducerRecord<>(
                            "keys", partition, "end".getBytes(UTF_8), "end".getBytes(UTF_8)));
        }
        await().atMost(PATIENCE).until(() -> last.got.get() == 4);

        assertThat(backend.readers()).isEqualTo(1);
        assertThat(subscribers).allSatisfy(each -> assertThat(each.got).hasValue(1));
        assertThat(subscribers).allSatisfy(each -> assertThat(each.wrong).hasValue(0));
    }

    @Test
    void headersLetOnlyTheirRecordsThroughLiveAndReplayed() throws Exception {
        cluster.createTopic("regions", 1);
        Received live = new Received();
        session.subscribe(
                topic("regions", Optional.empty(), Map.of("region", "eu")), OPTIONS, live);
        Received both = new Received();
        session.subscribe(
                topic("regions", Optional.of("a"), Map.of("region", "eu")), OPTIONS, both);

        cluster.produce(record("regions", "a", "1", "eu"));
        cluster.produce(record("regions", "a", "2", "us"));
        cluster.produce(record("regions", "a", "3", ""));
        cluster.produce(record("regions", "b", "4", "eu"));
        cluster.produce(record("regions", "a", "5", "eu"));
        await().atMost(PATIENCE).until(() -> both.deliveries.size() == 2);
        Received replayed = new Received();
        session.subscribe(
                topic("regions", Optional.empty(), Map.of("region", "eu")),
                OPTIONS.with(KafkaReading.PLAIN.from(StartAt.EARLIEST)),
                replayed);

        await().atMost(PATIENCE).until(() -> replayed.deliveries.size() == 3);
        assertThat(live.bodies()).containsExactly("1", "4", "5");
        assertThat(both.bodies()).containsExactly("1", "5");
        assertThat(replayed.bodies()).containsExactly("1", "4", "5");
    }

    @Test
    void whatIsSettledIsRoomForMoreAndNothingElse() throws Exception {
        cluster.createTopic("settled", 1);
        Received received = new Received();
        Subscription subscription =
                session.subscribe(topic("settled", Optional.empty(), Map.of()), OPTIONS, received);
        cluster.produceTo("settled", 0, "1");
        await().atMost(PATIENCE).until(() -> received.deliveries.size() == 1);
        Outcome outcome = new Outcome();

        session.settle(
                List.of(
                        new Settlement(
                                subscription,
                                received.deliveries.getFirst(),
                                Settlement.Outcome.ACKNOWLEDGED)),
                Optional.of(outcome));

        assertThat(outcome.isConfirmed()).isTrue();
        assertThat(received.settled).hasValue(1);
    }

    private static KafkaTopic topic(
            String topic, Optional<String> key, Map<String, String> filter) {
        return new KafkaTopic("kafka", topic, key, Creation.NEVER, KafkaUse.PLAIN.with(filter));
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, String key, String value, String region) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8));
        if (!region.isEmpty()) {
            record.headers().add("region", region.getBytes(UTF_8));
        }
        return record;
    }

    /// Counts what it gets.
    private static final class Counting implements Subscriber {

        private final String key;
        private final AtomicInteger got = new AtomicInteger();
        private final AtomicInteger wrong = new AtomicInteger();

        Counting(String key) {
            this.key = key;
        }

        @Override
        public void deliver(Delivery delivery) {
            got.incrementAndGet();
            if (!key.equals(delivery.message().headers().get("kafka-key"))) {
                wrong.incrementAndGet();
            }
        }

        @Override
        public void ended(BackendFailure why) {
            wrong.incrementAndGet();
        }
    }
}
