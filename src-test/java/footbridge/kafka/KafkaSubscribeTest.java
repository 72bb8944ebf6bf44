package footbridge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.BackendSession;
import footbridge.backend.Delivery;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.KafkaTopic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// SUBSCRIBE against a real broker.
class KafkaSubscribeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final SubscribeOptions OPTIONS = SubscribeOptions.automatic(100);
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
        open(ConsumerCount.PROPERTIES);
    }

    @AfterEach
    void close() {
        session.close();
        backend.close();
    }

    @Test
    void everySubscriberGetsTheSameDeliveryFromOneReader() throws Exception {
        cluster.createTopic("news", 3);
        // Those of earlier tests may still be closing.
        await().atMost(PATIENCE).until(() -> ConsumerCount.open() == 0);
        Received one = new Received();
        Received two = new Received();

        subscribe("news", one);
        subscribe("news", two);
        for (int i = 0; i < 30; i++) {
            cluster.produce("news", Optional.of("k" + i), "n" + i);
        }
        await().atMost(PATIENCE).until(() -> two.deliveries.size() == 30);

        assertThat(one.deliveries).hasSize(30);
        for (int i = 0; i < 30; i++) {
            assertThat(one.deliveries.get(i)).isSameAs(two.deliveries.get(i));
        }
        assertThat(backend.readers()).isEqualTo(1);
        assertThat(ConsumerCount.open()).isEqualTo(1);
    }

    @Test
    void recordProducedRightAfterTheSubscriptionIsDelivered() throws Exception {
        cluster.createTopic("prompt", 2);
        cluster.produceTo("prompt", 0, "old");

        for (int i = 0; i < 10; i++) {
            Received received = new Received();
            Subscription subscription = subscribe("prompt", received);
            cluster.produceTo("prompt", i % 2, "new");
            await().atMost(PATIENCE).until(() -> !received.deliveries.isEmpty());
            assertThat(received.bodies()).containsExactly("new");
            subscription.close();
        }
    }

    @Test
    void recordProducedRightAfterJoiningARunningReaderIsDelivered() throws Exception {
        cluster.createTopic("busy", 1);
        subscribe("busy", new Received());

        for (int i = 0; i < 20; i++) {
            Received received = new Received();
            Subscription subscription = subscribe("busy", received);
            String body = "n" + i;
            cluster.produceTo("busy", 0, body);
            await().atMost(PATIENCE).until(() -> received.bodies().contains(body));
            subscription.close();
        }
    }

    @Test
    void readerGoesWithItsLastSubscriber() throws Exception {
        cluster.createTopic("brief", 1);
        Subscription one = subscribe("brief", new Received());
        Subscription two = subscribe("brief", new Received());

        one.close();
        assertThat(backend.readers()).isEqualTo(1);
        two.close();

        assertThat(backend.readers()).isZero();
        await().atMost(PATIENCE).until(() -> ConsumerCount.open() == 0);
    }

    @Test
    void closedSessionTakesItsSubscriptionsAlong() throws Exception {
        cluster.createTopic("leaving", 1);
        subscribe("leaving", new Received());

        session.close();

        assertThat(backend.readers()).isZero();
    }

    @Test
    void closedSubscriptionGetsNothingMore() throws Exception {
        cluster.createTopic("quiet", 1);
        Received gone = new Received();
        Received there = new Received();
        Subscription subscription = subscribe("quiet", gone);
        subscribe("quiet", there);

        subscription.close();
        cluster.produceTo("quiet", 0, "after");
        await().atMost(PATIENCE).until(() -> there.deliveries.size() == 1);

        assertThat(gone.deliveries).isEmpty();
        assertThat(gone.ends).isEmpty();
    }

    @Test
    void keyInTheTargetLetsOnlyItsRecordsThrough() throws Exception {
        cluster.createTopic("ticks", 2);
        Received acme = new Received();
        Received all = new Received();
        session.subscribe(keyed("ticks", "ACME"), OPTIONS, acme);
        subscribe("ticks", all);

        cluster.produce("ticks", Optional.of("ACME"), "1");
        cluster.produce("ticks", Optional.of("OTHER"), "2");
        cluster.produce("ticks", Optional.empty(), "3");
        cluster.produce("ticks", Optional.of("ACME"), "4");
        await().atMost(PATIENCE)
                .until(() -> all.deliveries.size() == 4 && acme.deliveries.size() == 2);

        assertThat(acme.bodies()).containsExactly("1", "4");
        assertThat(backend.readers()).isEqualTo(1);
    }

    @Test
    void deliveryTellsWhereTheRecordStands() throws Exception {
        cluster.createTopic("facts", 1);
        Received received = new Received();
        subscribe("facts", received);

        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>("facts", 0, 1234L, "k".getBytes(UTF_8), "v".getBytes(UTF_8));
        record.headers().add("x-mine", "1".getBytes(UTF_8));
        cluster.produce(record);
        await().atMost(PATIENCE).until(() -> received.deliveries.size() == 1);

        Map<String, String> headers = received.deliveries.getFirst().message().headers();
        assertThat(headers)
                .containsOnlyKeys(
                        "x-mine",
                        "timestamp",
                        "kafka-topic",
                        "kafka-partition",
                        "kafka-offset",
                        "kafka-key",
                        "kafka-position")
                .containsAllEntriesOf(
                        Map.of(
                                "x-mine", "1",
                                "timestamp", "1234",
                                "kafka-topic", "facts",
                                "kafka-partition", "0",
                                "kafka-offset", "0",
                                "kafka-key", "k"));
    }

    @Test
    void missingTopicIsRefused() {
        BackendFailure failure =
                catchThrowableOfType(
                        BackendFailure.class, () -> subscribe("missing", new Received()));

        assertThat(failure.kind()).isEqualTo(Kind.NO_SUCH_TARGET);
        assertThat(backend.readers()).isZero();
    }

    @Test
    void creationMakesTheTopicToSubscribeTo() throws Exception {
        Received received = new Received();
        session.subscribe(
                new KafkaTopic("kafka", "made", Optional.empty(), Creation.AUTO),
                OPTIONS,
                received);

        cluster.produceTo("made", 0, "first");

        await().atMost(PATIENCE).until(() -> received.bodies().equals(List.of("first")));
    }

    @Test
    void newPartitionIsReadFromItsBeginning() throws Exception {
        cluster.createTopic("growing", 1);
        Received received = new Received();
        subscribe("growing", received);

        cluster.growTopic("growing", 2);
        cluster.produceTo("growing", 1, "in the new one");
        cluster.produceTo("growing", 0, "in the old one");

        await().atMost(PATIENCE).until(() -> received.deliveries.size() == 2);
        assertThat(received.bodies()).containsExactlyInAnyOrder("in the new one", "in the old one");
    }

    @Test
    void deletedTopicEndsItsSubscriptions() throws Exception {
        cluster.createTopic("doomed", 1);
        Received received = new Received();
        subscribe("doomed", received);

        cluster.deleteTopic("doomed");
        await().atMost(PATIENCE).until(() -> !received.ends.isEmpty());

        assertThat(received.ends)
                .singleElement()
                .extracting(BackendFailure::kind)
                .isEqualTo(Kind.NO_SUCH_TARGET);
        assertThat(backend.readers()).isZero();
    }

    @Test
    void topicThatTookADeletedOnesNameEndsItsSubscriptionsToo() throws Exception {
        cluster.createTopic("replaced", 1);
        Received received = new Received();
        subscribe("replaced", received);

        cluster.deleteTopic("replaced");
        await().atMost(PATIENCE).ignoreExceptions().until(() -> createdAgain("replaced"));
        await().atMost(PATIENCE).until(() -> !received.ends.isEmpty());

        assertThat(received.ends.getFirst().kind()).isEqualTo(Kind.NO_SUCH_TARGET);
    }

    @Test
    void recordsThatRetentionTookArePassedOver() throws Exception {
        close();
        open(Map.of("max.partition.fetch.bytes", "1", "max.poll.records", "1"));
        cluster.createTopic("retained", 1);
        Received received = new Received();
        CountDownLatch proceed = new CountDownLatch(1);
        session.subscribe(topic("retained"), OPTIONS, new Slow(received, proceed));

        for (int i = 0; i < 10; i++) {
            cluster.produceTo("retained", 0, "n" + i);
        }
        await().atMost(PATIENCE).until(() -> received.deliveries.size() == 1);
        cluster.deleteRecords("retained", 9);
        proceed.countDown();

        await().atMost(PATIENCE).until(() -> received.bodies().contains("n9"));
        assertThat(received.bodies()).doesNotContain("n5");
        assertThat(received.ends).isEmpty();
    }

    @Test
    void abortedRecordsAreNotDelivered() throws Exception {
        cluster.createTopic("committed", 1);
        Received received = new Received();
        subscribe("committed", received);

        cluster.produceInTransaction("committed", "aborted", false);
        cluster.produceInTransaction("committed", "committed", true);
        await().atMost(PATIENCE).until(() -> !received.deliveries.isEmpty());

        assertThat(received.bodies()).containsExactly("committed");
    }

    @Test
    void closingTheBackendEndsItsSubscriptions() throws Exception {
        cluster.createTopic("ending", 1);
        Received received = new Received();
        subscribe("ending", received);

        backend.close();

        assertThat(received.ends).hasSize(1);
        assertThat(backend.readers()).isZero();
    }

    private void open(Map<String, String> properties) {
        backend = cluster.backend(properties);
        await().atMost(PATIENCE).until(() -> backend.availability().up());
        session = backend.open();
    }

    private Subscription subscribe(String topic, Subscriber subscriber) throws Exception {
        return session.subscribe(topic(topic), OPTIONS, subscriber);
    }

    private static KafkaTopic topic(String topic) {
        return new KafkaTopic("kafka", topic, Optional.empty(), Creation.NEVER);
    }

    private static KafkaTopic keyed(String topic, String key) {
        return new KafkaTopic("kafka", topic, Optional.of(key), Creation.NEVER);
    }

    private static boolean createdAgain(String topic) throws Exception {
        cluster.createTopic(topic, 1);
        return true;
    }

    /// Holds the reader up at its first delivery.
    private record Slow(Received received, CountDownLatch proceed) implements Subscriber {

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
