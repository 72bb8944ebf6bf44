package footbridge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import footbridge.backend.Acknowledgement;
import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.BackendSession;
import footbridge.backend.Delivery;
import footbridge.backend.KafkaReading;
import footbridge.backend.KafkaUse;
import footbridge.backend.KafkaUse.Sharing.ShareGroup;
import footbridge.backend.Settlement;
import footbridge.backend.Settlement.Outcome;
import footbridge.backend.StartAt;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscription;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.KafkaTopic;
import footbridge.kafka.client.KafkaLimits;
import footbridge.kafka.client.KafkaSettings;
import footbridge.kafka.client.KafkaTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Share groups on a real broker whose locks last five seconds: a machine may be busy for two.
class ShareGroupTest {

    private static final KafkaReading EARLIEST = KafkaReading.PLAIN.from(StartAt.EARLIEST);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Twenty members that join at once keep a busy machine from answering.
    private static final KafkaTimes PATIENT =
            new KafkaTimes(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10));

    private static final int GROUP_LIMIT = 20;
    private static KafkaCluster cluster;
    private static KafkaBackend backend;

    private final List<Client> clients = new ArrayList<>();

    @BeforeAll
    static void start() {
        cluster =
                new KafkaCluster(
                        Map.of(
                                "group.share.record.lock.duration.ms",
                                "5000",
                                "group.share.max.size",
                                Integer.toString(GROUP_LIMIT)));
        backend =
                new KafkaBackend(
                        KafkaCluster.settings(cluster.broker.bootstrapServers(), Map.of())
                                .with(PATIENT)
                                .with(KafkaLimits.DEFAULTS.withMembers(100)));
        await().atMost(PATIENCE).until(() -> backend.availability().up());
    }

    @AfterAll
    static void stop() throws Exception {
        backend.close();
        cluster.close();
    }

    @AfterEach
    void leave() {
        clients.forEach(Client::leave);
    }

    @Test
    void eachOutcomeIsOfItsRecordAlone() throws Exception {
        cluster.createTopic("outcomes", 1);
        produce("outcomes", 4);
        Client client = client("outcomes", 10, reading(Optional.of("dlq.outcomes")));
        client.awaitBodies(4);

        client.settle(1, Outcome.REDELIVER);
        client.settle(2, Outcome.DEAD_LETTER);
        client.settle(3, Outcome.DISCARD);
        client.settle(0, Outcome.ACKNOWLEDGED);
        client.awaitBodies(5);

        assertThat(client.received.bodies().getLast()).isEqualTo("1");
        assertThat(client.header(4, "delivery-count")).isEqualTo("2");
        assertThat(client.header(4, "redelivered")).isEqualTo("true");
        assertThat(client.header(0, "delivery-count")).isEqualTo("1");
        client.settle(4, Outcome.ACKNOWLEDGED);
        await().atMost(PATIENCE).until(() -> cluster.hasTopic("dlq.outcomes"));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(cluster.records("dlq.outcomes"))
                                .extracting(record -> new String(record.value(), UTF_8))
                                .containsExactly("2"));
    }

    @Test
    void whatALostClientHeldReachesTheOthersCounted() throws Exception {
        cluster.createTopic("inherited", 1);
        produce("inherited", 3);
        Client lost = client("inherited", 3, reading(Optional.empty()));
        lost.awaitBodies(3);
        lost.settle(1, Outcome.ACKNOWLEDGED);
        Client heir = client("inherited", 10, reading(Optional.empty()));

        lost.leave();

        heir.awaitBodies(2);
        assertThat(heir.received.bodies()).containsExactly("0", "2");
        assertThat(heir.header(0, "delivery-count")).isEqualTo("2");
    }

    @Test
    void whatTheSocketHasTakenIsDoneAndTheRestGoesToOthers() throws Exception {
        cluster.createTopic("taken", 1);
        produce("taken", 3);
        BackendSession session = backend.open();
        Received received = new Received();
        Subscription subscription =
                session.subscribe(
                        target("taken"),
                        SubscribeOptions.automatic(3).with(reading(Optional.empty())),
                        received);
        await().atMost(PATIENCE).until(() -> received.deliveries.size() == 3);
        subscription.accepted(received.deliveries.get(0));
        subscription.accepted(received.deliveries.get(2));

        session.close();

        Client heir = client("taken", 10, reading(Optional.empty()));
        heir.awaitBodies(1);
        assertThat(heir.received.bodies()).containsExactly("1");
    }

    @Test
    void acksThatNobodyWaitedForAreDoneWhenTheClientLeaves() throws Exception {
        cluster.createTopic("hasty", 1);
        produce("hasty", 2);
        Client hasty = client("hasty", 10, reading(Optional.empty()));
        hasty.awaitBodies(2);
        hasty.settleUnasked(0);

        hasty.leave();

        Client heir = client("hasty", 10, reading(Optional.empty()));
        heir.awaitBodies(1);
        assertThat(heir.received.bodies()).containsExactly("1");
    }

    @Test
    void aLockIsRenewedWhileTheClientThinks() throws Exception {
        cluster.createTopic("slow", 1);
        Client slow = client("slow", 1, reading(Optional.empty()));
        Client other = client("slow", 1, reading(Optional.empty()));
        produce("slow", 1);
        await().atMost(PATIENCE).until(() -> slow.size() + other.size() == 1);
        Client holder = slow.size() == 1 ? slow : other;
        long start = System.nanoTime();

        // Twice as long as a lock lasts, and more.
        await().atMost(PATIENCE)
                .until(() -> System.nanoTime() - start > Duration.ofSeconds(11).toNanos());

        assertThat(slow.size() + other.size()).isEqualTo(1);
        holder.settle(0, Outcome.ACKNOWLEDGED);
    }

    @Test
    void whoHoldsTooLongIsToldAndOthersGetTheRecord() throws Exception {
        cluster.createTopic("stuck", 1);
        KafkaReading brief = EARLIEST.settled(Optional.empty(), false, Duration.ofSeconds(3));
        Client stuck = client("stuck", 1, brief);
        produce("stuck", 1);
        stuck.awaitBodies(1);

        await().atMost(PATIENCE).until(() -> !stuck.received.ends.isEmpty());

        assertThat(stuck.received.ends.getFirst().kind()).isEqualTo(Kind.LOCK_EXPIRED);
        assertThat(failure(() -> stuck.settle(0, Outcome.ACKNOWLEDGED)).kind())
                .isEqualTo(Kind.LOCK_EXPIRED);
        Client other = client("stuck", 1, brief);
        other.awaitBodies(1);
        assertThat(other.header(0, "delivery-count")).isEqualTo("2");
    }

    @Test
    void manyWorkOffATopicAsIfItWereAQueueAndOneMoreIsRefused() throws Exception {
        cluster.createTopic("work", 3);
        List<Client> workers = together("work", GROUP_LIMIT);
        assertThat(failure(() -> client("work", 1, reading(Optional.empty()))).kind())
                .isEqualTo(Kind.TOO_MANY_MEMBERS);
        workers.removeFirst().leave();

        int records = 240;
        for (int i = 0; i < records; i++) {
            cluster.produceTo("work", i % 3, Integer.toString(i));
        }

        await().atMost(PATIENCE)
                .until(() -> workers.stream().mapToInt(Client::size).sum() >= records);
        List<String> got = new ArrayList<>();
        workers.forEach(each -> got.addAll(each.received.bodies()));
        assertThat(got).hasSize(records).doesNotHaveDuplicates();
        assertThat(workers.stream().filter(each -> each.size() > 0).count()).isGreaterThan(3);
    }

    @Test
    void aNodeHasOnlySoManyMembers() throws Exception {
        cluster.createTopic("few", 1);
        KafkaSettings one =
                KafkaCluster.settings(cluster.broker.bootstrapServers(), Map.of())
                        .with(PATIENT)
                        .with(KafkaLimits.DEFAULTS.withMembers(1));
        try (KafkaBackend small = new KafkaBackend(one)) {
            await().atMost(PATIENCE).until(() -> small.availability().up());
            BackendSession session = small.open();
            var options = new SubscribeOptions(1, Acknowledgement.BY_CLIENT);
            Subscription first = session.subscribe(target("few"), options, new Received());

            assertThat(
                            failure(() -> session.subscribe(target("few"), options, new Received()))
                                    .kind())
                    .isEqualTo(Kind.TOO_MANY_MEMBERS);

            first.close();
            session.subscribe(target("few"), options, new Received()).close();
        }
    }

    @Test
    void deadLettersWithoutAPlaceForThemAreRefused() throws Exception {
        cluster.createTopic("no-place", 1);
        KafkaReading reading =
                EARLIEST.settled(Optional.empty(), true, KafkaReading.DEFAULT_MAX_HOLD);

        assertThat(failure(() -> client("no-place", 1, reading)).kind())
                .isEqualTo(Kind.UNSUPPORTED);
    }

    private List<Client> together(String topic, int count) throws Exception {
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Client>> joining = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                joining.add(
                        all.submit(() ->
                                new Client(
                                        topic,
                                        SubscribeOptions.automatic(5)
                                                .with(reading(Optional.empty())))));
            }
            List<Client> joined = new ArrayList<>();
            for (Future<Client> each : joining) {
                joined.add(each.get());
            }
            clients.addAll(joined);
            return joined;
        }
    }

    private Client client(String topic, int prefetch, KafkaReading reading) throws Exception {
        Client client =
                new Client(
                        topic,
                        new SubscribeOptions(prefetch, Acknowledgement.BY_CLIENT).with(reading));
        clients.add(client);
        return client;
    }

    private static KafkaReading reading(Optional<String> deadLetter) {
        return EARLIEST.settled(deadLetter, false, Duration.ofSeconds(60));
    }

    private static void produce(String topic, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            cluster.produceTo(topic, 0, Integer.toString(i));
        }
    }

    private static KafkaTopic target(String topic) {
        return new KafkaTopic(
                "kafka",
                topic,
                Optional.empty(),
                Creation.NEVER,
                KafkaUse.PLAIN.with(new ShareGroup("g-" + topic)));
    }

    private interface Attempt {
        void make() throws Exception;
    }

    private static BackendFailure failure(Attempt attempt) {
        return catchThrowableOfType(BackendFailure.class, attempt::make);
    }

    /// A client that has subscribed in the group named like its topic.
    private static final class Client {

        final Received received = new Received();
        private final BackendSession session = backend.open();
        private final Subscription subscription;

        Client(String topic, SubscribeOptions options) throws Exception {
            subscription = session.subscribe(target(topic), options, received);
            received.acceptFor(subscription);
        }

        void settle(int index, Outcome outcome) throws Exception {
            footbridge.kafka.Outcome told = new footbridge.kafka.Outcome();
            Delivery delivery = received.deliveries.get(index);
            session.settle(
                    List.of(new Settlement(subscription, delivery, outcome)), Optional.of(told));
            await().atMost(PATIENCE).until(told::known);
            assertThat(told.isConfirmed()).isTrue();
        }

        void settleUnasked(int index) throws Exception {
            Delivery delivery = received.deliveries.get(index);
            session.settle(
                    List.of(new Settlement(subscription, delivery, Outcome.ACKNOWLEDGED)),
                    Optional.empty());
        }

        String header(int index, String name) {
            return received.deliveries.get(index).message().headers().getOrDefault(name, "");
        }

        int size() {
            return received.deliveries.size();
        }

        void awaitBodies(int count) {
            await().atMost(PATIENCE).until(() -> size() >= count);
        }

        void leave() {
            session.close();
        }
    }
}
