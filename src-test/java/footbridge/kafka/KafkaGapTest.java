package footbridge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Delivery;
import footbridge.backend.KafkaReading;
import footbridge.backend.StartAt;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscriber;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.KafkaTopic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Records that are gone before the reader which all subscribers share has them: whoever is with it
/// is told so, and everything goes on with what is there.
class KafkaGapTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final SubscribeOptions LIVE = SubscribeOptions.automatic(100);
    private static final SubscribeOptions SNAPSHOT = LIVE.with(KafkaReading.PLAIN.withSnapshot());

    /// One record at a time, so that the reader has none in hand.
    private static final Map<String, String> ONE_BY_ONE =
            Map.of("max.partition.fetch.bytes", "1", "max.poll.records", "1");

    private KafkaCluster cluster;
    private KafkaBackend backend;
    private BackendSession session;

    @BeforeEach
    void startBroker() {
        cluster = new KafkaCluster();
        backend = cluster.backend(ONE_BY_ONE);
        await().atMost(PATIENCE).until(() -> backend.availability().up());
        session = backend.open();
    }

    @AfterEach
    void stopBroker() throws Exception {
        session.close();
        backend.close();
        cluster.close();
    }

    @Test
    void everySubscriberOfAReaderThatRetentionOvertookIsToldWithItsNextMessage() throws Exception {
        cluster.createTopic("overtaken", 1);
        Received all = new Received();
        Received rare = new Received();
        CountDownLatch proceed = new CountDownLatch(1);
        subscribe("overtaken", Optional.of("rare"), LIVE, rare);
        subscribe("overtaken", Optional.empty(), LIVE, new Held(all, proceed));
        fill("overtaken", 0, 0, 10);
        await().atMost(PATIENCE).until(() -> !all.deliveries.isEmpty());

        cluster.deleteRecords("overtaken", 9);
        proceed.countDown();
        fill("overtaken", 0, 10, 11);
        cluster.produce("overtaken", Optional.of("rare"), "r0");
        cluster.produce("overtaken", Optional.of("rare"), "r1");
        await().atMost(PATIENCE)
                .until(() -> rare.deliveries.size() == 2 && all.deliveries.size() == 5);

        assertThat(all.bodies()).containsExactly("n0", "n9", "n10", "r0", "r1");
        assertThat(recovered(all)).containsExactly("-", "false", "-", "-", "-");
        assertThat(recovered(rare)).containsExactly("false", "-");
        assertThat(recoveredBehind("overtaken", all.deliveries.get(0))).isEqualTo("false");
        assertThat(recoveredBehind("overtaken", all.deliveries.get(1))).isEqualTo("true");
    }

    @Test
    void whoCatchesUpIsNotHeldUpByAPartitionThatWasEmptied() throws Exception {
        cluster.createTopic("emptied", 2);
        Received live = new Received();
        CountDownLatch proceed = new CountDownLatch(1);
        subscribe("emptied", Optional.empty(), LIVE, new Held(live, proceed));
        fill("emptied", 0, 0, 10);
        await().atMost(PATIENCE).until(() -> !live.deliveries.isEmpty());
        cluster.deleteRecords("emptied", 10);
        proceed.countDown();
        cluster.produceTo("emptied", 1, "other");
        await().atMost(PATIENCE).until(() -> live.bodies().contains("other"));

        Received behind = new Received();
        subscribe("emptied", Optional.empty(), earliest(), behind);
        await().atMost(PATIENCE).until(() -> behind.bodies().equals(List.of("other")));
        cluster.produceTo("emptied", 1, "later");

        await().atMost(PATIENCE).until(() -> behind.bodies().equals(List.of("other", "later")));
        assertThat(live.bodies()).endsWith("later");
        assertThat(recovered(live)).containsOnlyOnce("false");
    }

    @Test
    void aPartitionThatHasLostItsRecordsIsReadAnew() throws Exception {
        cluster.createTopic("torn", 1);
        cluster.createTopic("rates", 1, Map.of("cleanup.policy", "compact"));
        fill("torn", 0, 0, 10);
        for (int i = 0; i < 10; i++) {
            put("rates", "a", "old" + i);
        }
        Received live = new Received();
        Received behind = new Received();
        Received rates = new Received();
        Narrow slow = new Narrow();
        slow.makeRoom(3);
        subscribe("torn", Optional.empty(), earliest(), slow);
        await().atMost(PATIENCE).until(() -> slow.received.deliveries.size() == 3);
        subscribe("torn", Optional.empty(), LIVE, live);
        subscribe("torn", Optional.empty(), earliest(), behind);
        subscribe("rates", Optional.empty(), SNAPSHOT, rates);
        await().atMost(PATIENCE)
                .until(() -> behind.deliveries.size() == 10 && rates.deliveries.size() == 2);

        cluster.loseRecords("torn", "rates");
        await().atMost(PATIENCE).until(() -> backend.availability().up());
        AtomicInteger produced = new AtomicInteger(10);
        await().atMost(PATIENCE)
                .until(() -> {
                    put("rates", "a", "new" + produced);
                    fill("torn", 0, produced.get(), produced.incrementAndGet());
                    return !live.deliveries.isEmpty()
                            && behind.deliveries.size() > 10
                            && rates.deliveries.size() > 2;
                });
        slow.makeRoom(10_000);
        String last = "n" + (produced.get() - 1);
        List<Received> all = List.of(live, behind, slow.received);
        await().atMost(PATIENCE)
                .until(() -> all.stream().allMatch(each -> each.bodies().contains(last)));

        all.forEach(each -> assertGoesOn(each, produced.get()));
        assertThat(recovered(rates).subList(0, 3)).containsExactly("-", "-", "false");
        assertThat(live.ends).isEmpty();
        Received snapshot = new Received();
        subscribe("rates", Optional.empty(), SNAPSHOT, snapshot);
        await().atMost(PATIENCE).until(() -> snapshot.deliveries.size() == 2);
        assertThat(snapshot.bodies()).containsExactly("new" + (produced.get() - 1), "");
    }

    /// What has come since the loss is told of once, and from there on nothing is missing.
    private static void assertGoesOn(Received received, int end) {
        int before = (int) received.bodies().stream().filter(body -> body.length() == 2).count();
        List<String> since = received.bodies().subList(before, received.deliveries.size());
        assertThat(since)
                .containsExactlyElementsOf(
                        IntStream.range(end - since.size(), end).mapToObj(i -> "n" + i).toList());
        assertThat(recovered(received).subList(before, before + 1)).containsExactly("false");
        assertThat(recovered(received)).containsOnlyOnce("false");
    }

    /// What a client is told that goes on behind a message, at once and with what follows.
    private String recoveredBehind(String topic, Delivery delivery) throws Exception {
        String position =
                Objects.requireNonNull(delivery.message().headers().get("kafka-position"));
        Received received = new Received();
        SubscribeOptions resuming = LIVE.with(KafkaReading.PLAIN.resumingFrom(position));
        var told = session.subscribe(topic(topic, Optional.empty()), resuming, received).told();
        await().atMost(PATIENCE).until(() -> !received.deliveries.isEmpty());
        assertThat(recovered(received)).first().isEqualTo(told.get("recovered"));
        return recovered(received).getFirst();
    }

    private static List<String> recovered(Received received) {
        return received.deliveries.stream()
                .map(each -> each.message().headers().getOrDefault("recovered", "-"))
                .toList();
    }

    private void subscribe(
            String topic, Optional<String> key, SubscribeOptions options, Subscriber subscriber)
            throws Exception {
        session.subscribe(topic(topic, key), options, subscriber);
    }

    private static SubscribeOptions earliest() {
        return LIVE.with(KafkaReading.PLAIN.from(StartAt.EARLIEST));
    }

    private static KafkaTopic topic(String topic, Optional<String> key) {
        return new KafkaTopic("kafka", topic, key, Creation.NEVER);
    }

    private void fill(String topic, int partition, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            cluster.produceTo(topic, partition, "n" + i);
        }
    }

    private void put(String topic, String key, String value) throws Exception {
        cluster.produce(new ProducerRecord<>(topic, key.getBytes(UTF_8), value.getBytes(UTF_8)));
    }

    /// Holds the reader up at its first delivery.
    private record Held(Received received, CountDownLatch proceed) implements Subscriber {

        @Override
        public void deliver(Delivery delivery) {
            received.deliver(delivery);
            try {
                proceed.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void ended(BackendFailure why) {
            received.ended(why);
        }
    }
}
