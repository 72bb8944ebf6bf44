package footbridge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import footbridge.backend.Acknowledgement;
import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.KafkaReading;
import footbridge.backend.Settlement.Outcome;
import footbridge.backend.StartAt;
import footbridge.backend.SubscribeOptions;
import footbridge.kafka.client.KafkaLimits;
import footbridge.kafka.client.KafkaTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Consumer groups on a real broker.
class ConsumerGroupTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Looks often for new partitions, and has patience with a busy machine.
    private static final KafkaTimes PATIENT =
            new KafkaTimes(
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(10),
                    Duration.ofMillis(500),
                    Duration.ofMillis(500));

    private static final int GROUP_LIMIT = 3;
    private static KafkaCluster cluster;
    private static KafkaBackend backend;

    private final List<GroupClient> clients = new ArrayList<>();

    @BeforeAll
    static void start() {
        cluster = new KafkaCluster(Map.of("group.max.size", Integer.toString(GROUP_LIMIT)));
        backend =
                new KafkaBackend(
                        KafkaCluster.settings(cluster.broker.bootstrapServers(), Map.of())
                                .with(PATIENT)
                                .with(KafkaLimits.DEFAULTS.withMembers(8)));
        await().atMost(PATIENCE).until(() -> backend.availability().up());
    }

    @AfterAll
    static void stop() throws Exception {
        backend.close();
        cluster.close();
    }

    @AfterEach
    void leave() {
        clients.forEach(GroupClient::leave);
    }

    @Test
    void aCumulativeAckOverTwoPartitionsLeavesExactlyTheRest() throws Exception {
        cluster.createTopic("cumulative", 2);
        produce("cumulative", 2, 10);
        GroupClient client = client("cumulative", 10);
        client.awaitCount(10);

        client.acknowledgeUpTo(6);
        List<String> rest = client.bodies().subList(6, 10);
        client.leave();

        GroupClient next = client("cumulative", 10);
        next.awaitCount(4);
        assertThat(next.bodies()).containsExactlyInAnyOrderElementsOf(rest);
    }

    @Test
    void aConfirmedAckIsTheOffsetOfTheGroup() throws Exception {
        cluster.createTopic("confirmed", 1);
        produce("confirmed", 1, 5);
        GroupClient client = client("confirmed", 10);
        client.awaitCount(5);

        client.acknowledgeUpTo(3);

        assertThat(cluster.offset("g-confirmed", "confirmed", 0)).isEqualTo(3);
    }

    @Test
    void noMoreThanThePrefetchAreWithTheClientAndItStaysInTheGroup() throws Exception {
        cluster.createTopic("credit", 1);
        produce("credit", 1, 10);
        GroupClient client = client("credit", 3);
        client.awaitCount(3);
        long start = System.nanoTime();
        await().atMost(PATIENCE)
                .until(() -> System.nanoTime() - start > Duration.ofSeconds(2).toNanos());

        assertThat(client.bodies()).containsExactly("0", "1", "2");
        client.acknowledgeUpTo(2);
        client.awaitCount(5);
        assertThat(client.bodies()).containsExactly("0", "1", "2", "3", "4");
    }

    @Test
    void whatTheSocketHasTakenIsCommittedAndTheRestComesAgain() throws Exception {
        cluster.createTopic("auto", 1);
        produce("auto", 1, 6);
        GroupClient client = automatic("auto", 4);
        client.awaitCount(4);
        client.accept(3);
        await().atMost(PATIENCE).until(() -> cluster.offset("g-auto", "auto", 0) == 3);
        client.leave();

        GroupClient next = automatic("auto", 10);

        next.awaitCount(3);
        assertThat(next.bodies()).containsExactly("3", "4", "5");
    }

    @Test
    void whatWasAcknowledgedBeforeTheClientLeftIsCommitted() throws Exception {
        cluster.createTopic("hasty", 1);
        produce("hasty", 1, 3);
        GroupClient client = client("hasty", 10);
        client.awaitCount(3);
        client.acknowledgeWithoutReceipt(0);

        client.leave();

        assertThat(cluster.offset("g-hasty", "hasty", 0)).isOne();
    }

    @Test
    void aRecordThatComesAgainSaysNothingOfIt() throws Exception {
        cluster.createTopic("again", 1);
        produce("again", 1, 1);
        GroupClient client = client("again", 10);
        client.awaitCount(1);
        client.leave();

        GroupClient next = client("again", 10);

        next.awaitCount(1);
        assertThat(next.header(0, "redelivered")).isEmpty();
        assertThat(next.header(0, "delivery-count")).isEmpty();
    }

    @Test
    void aGroupThatHasNeverReadBeginsWithWhatComesAndMissesNothingOfIt() throws Exception {
        cluster.createTopic("late", 1);
        produce("late", 1, 3);
        GroupClient client = client("late", 10, latest());
        cluster.produceTo("late", 0, "new");
        client.awaitCount(1);
        assertThat(client.bodies()).containsExactly("new");

        // Nothing was acknowledged, so it is the group's still, though nobody had an offset.
        client.leave();

        GroupClient next = client("late", 10, latest());
        next.awaitCount(1);
        assertThat(next.bodies()).containsExactly("new");
    }

    @Test
    void partitionsThatComeLaterAreReadFromTheirBeginning() throws Exception {
        cluster.createTopic("growing", 1);
        GroupClient client = client("growing", 10, latest());
        cluster.growTopic("growing", 2);
        await().atMost(PATIENCE).until(() -> cluster.partitions("growing") == 2);
        cluster.produceTo("growing", 1, "early");

        client.awaitCount(1);

        assertThat(client.bodies()).containsExactly("early");
    }

    @Test
    void recordsThatRetentionTookArePassedOver() throws Exception {
        cluster.createTopic("short", 1);
        produce("short", 1, 6);
        GroupClient client = client("short", 10);
        client.awaitCount(6);
        client.acknowledgeUpTo(2);
        client.leave();
        cluster.deleteRecords("short", 4);

        GroupClient next = client("short", 10);

        next.awaitCount(2);
        assertThat(next.bodies()).containsExactly("4", "5");
    }

    @Test
    void aSecondMemberTakesOverPartitionsAndALateAckIsReportedAndSettlesNothing() throws Exception {
        cluster.createTopic("shared", 2);
        produce("shared", 2, 8);
        GroupClient first = client("shared", 10);
        first.awaitCount(8);
        GroupClient second = client("shared", 10);

        second.awaitCount(4);
        int taken = Integer.parseInt(second.header(0, "kafka-partition"));
        int late = first.indexOf(taken);
        int kept = first.indexOf(1 - taken);

        assertThat(first.settle(kept, Outcome.ACKNOWLEDGED)).isEmpty();
        assertThat(first.settle(late, Outcome.ACKNOWLEDGED)).contains(Kind.PARTITION_REVOKED);
        assertThat(cluster.offset("g-shared", "shared", taken)).isZero();
        assertThat(cluster.offset("g-shared", "shared", 1 - taken)).isEqualTo(1);
        assertThat(second.settle(0, Outcome.ACKNOWLEDGED)).isEmpty();
        assertThat(cluster.offset("g-shared", "shared", taken)).isEqualTo(1);
    }

    @Test
    void anAckThatNobodyWaitsForIsReportedTooWhenItIsLate() throws Exception {
        cluster.createTopic("unasked", 2);
        produce("unasked", 2, 8);
        GroupClient first = client("unasked", 10);
        first.awaitCount(8);
        GroupClient second = client("unasked", 10);
        second.awaitCount(4);

        first.acknowledgeWithoutReceipt(first.indexOf(partition(second)));

        await().atMost(PATIENCE).until(() -> !first.received.ends.isEmpty());
        assertThat(first.received.ends.getFirst().kind()).isEqualTo(Kind.PARTITION_REVOKED);
    }

    /// An application that does not poll holds the group up until it is given up; ACKs wait for
    /// that.
    @Test
    void acksAreDoneAlthoughAMemberHoldsAChangeUp() throws Exception {
        cluster.createTopic("held-up", 3);
        GroupClient first = client("held-up", 50);
        Map<String, Object> busy = Map.of("max.poll.interval.ms", 5_000);
        try (KafkaConsumer<byte[], byte[]> application = cluster.application("g-held-up", busy);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            application.subscribe(List.of("held-up"));
            await().atMost(PATIENCE)
                    .until(() -> {
                        var _ = application.poll(Duration.ofMillis(100));
                        return cluster.membersWithPartitions("g-held-up") == 2;
                    });
            produce("held-up", 3, 90);
            first.awaitCount(30);

            Future<GroupClient> second = clients.submit(() -> client("held-up", 50));
            await().atMost(PATIENCE)
                    .until(() -> cluster.groupState("g-held-up").equals("PREPARING_REBALANCE"));
            List<Integer> settled = new ArrayList<>();
            await().atMost(PATIENCE)
                    .until(() -> {
                        settled.add(settled.size());
                        assertThat(first.settle(settled.getLast(), Outcome.ACKNOWLEDGED)).isEmpty();
                        return settled.size() == 30
                                || !cluster.groupState("g-held-up").equals("PREPARING_REBALANCE");
                    });
            second.get();

            long committed = 0;
            for (int partition = 0; partition < 3; partition++) {
                committed += Math.max(0, cluster.offset("g-held-up", "held-up", partition));
            }
            assertThat(committed).isEqualTo(settled.size());
        }
    }

    @Test
    void anApplicationOfTheSameGroupSharesThePartitions() throws Exception {
        cluster.createTopic("mixed", 2);
        GroupClient client = client("mixed", 10);
        try (KafkaConsumer<byte[], byte[]> application = cluster.application("g-mixed")) {
            application.subscribe(List.of("mixed"));
            List<String> got = new ArrayList<>();
            await().atMost(PATIENCE)
                    .until(() -> {
                        var _ = application.poll(Duration.ofMillis(100));
                        return application.assignment().size() == 1
                                && cluster.membersWithPartitions("g-mixed") == 2;
                    });

            produce("mixed", 2, 6);

            client.awaitCount(3);
            await().atMost(PATIENCE)
                    .until(() -> {
                        application
                                .poll(Duration.ofMillis(100))
                                .forEach(record -> got.add(new String(record.value(), UTF_8)));
                        return got.size() == 3;
                    });
            assertThat(got).doesNotContainAnyElementsOf(client.bodies());
        }
    }

    @Test
    void whatALostClientHeldReachesTheOthers() throws Exception {
        cluster.createTopic("inherited", 2);
        GroupClient lost = client("inherited", 10);
        GroupClient heir = client("inherited", 10);
        await().atMost(PATIENCE).until(() -> cluster.membersWithPartitions("g-inherited") == 2);
        produce("inherited", 2, 8);
        lost.awaitCount(4);
        heir.awaitCount(4);
        lost.settle(0, Outcome.ACKNOWLEDGED);

        lost.abandon();

        heir.awaitCount(7);
        assertThat(heir.bodies()).doesNotHaveDuplicates().doesNotContain(lost.bodies().getFirst());
    }

    @Test
    void refusedRecordsBecomeDeadLettersInOneStepWithTheirOffsets() throws Exception {
        cluster.createTopic("refused", 1);
        cluster.createTopic("refused.dead", 1);
        produce("refused", 1, 4);
        GroupClient client = client("refused", 10, dead("refused.dead"));
        client.awaitCount(4);

        assertThat(client.settle(0, Outcome.ACKNOWLEDGED)).isEmpty();
        assertThat(client.settle(List.of(1, 2), Outcome.DEAD_LETTER)).isEmpty();

        awaitOffset("refused", 0, 3);
        assertThat(cluster.records("refused.dead"))
                .extracting(record -> new String(record.value(), UTF_8))
                .containsExactly("1", "2");
        assertThat(headers(cluster.records("refused.dead").getFirst()))
                .containsExactlyInAnyOrder(
                        "__dlq.errors.topic=refused",
                        "__dlq.errors.partition=0",
                        "__dlq.errors.offset=1",
                        "__dlq.errors.group=g-refused");
    }

    @Test
    void whatTheDeadLettersDoNotTakeIsNotSettled() throws Exception {
        cluster.createTopic("heavy", 1);
        cluster.createTopic("heavy.dead", 1, Map.of("max.message.bytes", "500"));
        cluster.produceTo("heavy", 0, "x".repeat(2000));
        GroupClient client = client("heavy", 10, dead("heavy.dead"));
        client.awaitCount(1);

        assertThat(client.settle(0, Outcome.DEAD_LETTER)).contains(Kind.TOO_LARGE);

        assertThat(cluster.offset("g-heavy", "heavy", 0)).isZero();
        assertThat(cluster.records("heavy.dead")).isEmpty();
    }

    @Test
    void aDiscardedRecordIsGone() throws Exception {
        cluster.createTopic("discarded", 1);
        produce("discarded", 1, 2);
        GroupClient client = client("discarded", 10);
        client.awaitCount(2);

        assertThat(client.settle(0, Outcome.DISCARD)).isEmpty();

        assertThat(cluster.offset("g-discarded", "discarded", 0)).isEqualTo(1);
    }

    @Test
    void deadLettersWithoutAPlaceForThemAreRefused() throws Exception {
        cluster.createTopic("no-place", 1);

        assertThat(failure(() -> client("no-place", 1, dead("no-such-topic"))).kind())
                .isEqualTo(Kind.NO_SUCH_TARGET);
        assertThat(failure(() -> client("no-place", 1, dead(Optional.empty()))).kind())
                .isEqualTo(Kind.UNSUPPORTED);
    }

    @Test
    void acksOfTwoGroupsAndASendAreOneTransaction() throws Exception {
        cluster.createTopic("left", 1);
        cluster.createTopic("right", 2);
        cluster.createTopic("moved", 1);
        produce("left", 1, 3);
        produce("right", 2, 4);
        GroupClient left = client("left", 10);
        GroupClient right =
                left.also(
                        "right",
                        new SubscribeOptions(10, Acknowledgement.BY_CLIENT).with(earliest()));
        left.awaitCount(3);
        right.awaitCount(4);

        left.commit(
                List.of(GroupClient.send("moved", "both")),
                Stream.concat(left.acks(0, 1), right.acks(0, 1, 2)).toList());

        awaitOffset("left", 0, 2);
        await().atMost(PATIENCE)
                .until(() ->
                        cluster.offset("g-right", "right", 0)
                                        + cluster.offset("g-right", "right", 1)
                                == 3);
        assertThat(cluster.records("moved")).hasSize(1);
        assertThat(left.settle(2, Outcome.ACKNOWLEDGED)).isEmpty();
    }

    @Test
    void aTransactionThatSkipsARecordIsRefusedAndNothingIsDone() throws Exception {
        cluster.createTopic("skipping", 1);
        cluster.createTopic("unsent", 1);
        produce("skipping", 1, 3);
        GroupClient client = client("skipping", 10);
        client.awaitCount(3);

        BackendFailure failure =
                failure(() ->
                        client.commit(
                                List.of(GroupClient.send("unsent", "x")), client.acks(1).toList()));

        assertThat(failure.kind()).isEqualTo(Kind.UNSUPPORTED);
        assertThat(cluster.records("unsent")).isEmpty();
        assertThat(cluster.offset("g-skipping", "skipping", 0)).isZero();
        assertThat(client.settle(1, Outcome.ACKNOWLEDGED)).contains(Kind.UNSUPPORTED);
        assertThat(client.settle(List.of(0, 1), Outcome.ACKNOWLEDGED)).isEmpty();
    }

    @Test
    void aTransactionWithALateAckIsNotDoneAtAll() throws Exception {
        cluster.createTopic("overtaken", 2);
        cluster.createTopic("not-done", 1);
        produce("overtaken", 2, 8);
        GroupClient first = client("overtaken", 10);
        first.awaitCount(8);
        GroupClient second = client("overtaken", 10);
        second.awaitCount(4);
        int late = first.indexOf(partition(second));
        int kept = first.indexOf(1 - partition(second));

        BackendFailure failure =
                failure(() ->
                        first.commit(
                                List.of(GroupClient.send("not-done", "x")),
                                first.acks(kept, late).toList()));

        assertThat(failure.kind()).isEqualTo(Kind.PARTITION_REVOKED);
        assertThat(cluster.records("not-done")).isEmpty();
        assertThat(cluster.offset("g-overtaken", "overtaken", 1 - partition(second))).isZero();
        first.commit(List.of(GroupClient.send("not-done", "y")), first.acks(kept).toList());
        awaitOffset("overtaken", 1 - partition(second), 1);
    }

    @Test
    void transactionsGoOnWhileMembersComeAndGo() throws Exception {
        cluster.createTopic("busy", 3);
        cluster.createTopic("busy.out", 1);
        produce("busy", 3, 60);
        GroupClient worker = client("busy", 5);
        Set<String> moved = new HashSet<>();
        for (int visit = 0; visit < 3; visit++) {
            GroupClient visitor = client("busy", 1);
            worker.moveUntil(moved, 10 * (visit + 1), "busy.out");
            visitor.leave();
        }

        worker.moveUntil(moved, 60, "busy.out");

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(cluster.records("busy.out"))
                                .extracting(record -> new String(record.value(), UTF_8))
                                .containsExactlyInAnyOrderElementsOf(
                                        IntStream.range(0, 60)
                                                .mapToObj(Integer::toString)
                                                .toList()));
    }

    @Test
    void aGroupAndANodeHaveOnlySoManyMembers() throws Exception {
        cluster.createTopic("crowded", 1);
        for (int i = 0; i < GROUP_LIMIT; i++) {
            client("crowded", 1);
        }

        assertThat(failure(() -> client("crowded", 1)).kind()).isEqualTo(Kind.TOO_MANY_MEMBERS);
        try (KafkaBackend small =
                new KafkaBackend(
                        KafkaCluster.settings(cluster.broker.bootstrapServers(), Map.of())
                                .with(PATIENT)
                                .with(KafkaLimits.DEFAULTS.withMembers(1)))) {
            cluster.createTopic("lonely", 1);
            await().atMost(PATIENCE).until(() -> small.availability().up());
            var options = new SubscribeOptions(1, Acknowledgement.BY_CLIENT).with(earliest());
            new GroupClient(small, "lonely", options);
            assertThat(failure(() -> new GroupClient(small, "lonely", options)).kind())
                    .isEqualTo(Kind.TOO_MANY_MEMBERS);
        }
    }

    @Test
    void theEndOfATopicIsToldToItsMembers() throws Exception {
        cluster.createTopic("doomed", 1);
        GroupClient client = client("doomed", 1);

        cluster.deleteTopic("doomed");

        await().atMost(PATIENCE).until(() -> !client.received.ends.isEmpty());
        assertThat(client.received.ends.getFirst().kind()).isEqualTo(Kind.NO_SUCH_TARGET);
    }

    /// A transaction's offsets are to be seen a moment after its commit.
    private static void awaitOffset(String topic, int partition, long offset) {
        await().atMost(PATIENCE)
                .until(() -> cluster.offset("g-" + topic, topic, partition) == offset);
    }

    private GroupClient client(String topic, int prefetch) throws Exception {
        return client(topic, prefetch, earliest());
    }

    private GroupClient client(String topic, int prefetch, KafkaReading reading) throws Exception {
        return opened(
                topic, new SubscribeOptions(prefetch, Acknowledgement.BY_CLIENT).with(reading));
    }

    private GroupClient automatic(String topic, int prefetch) throws Exception {
        return opened(topic, SubscribeOptions.automatic(prefetch).with(earliest()));
    }

    private GroupClient opened(String topic, SubscribeOptions options) throws Exception {
        GroupClient client = new GroupClient(backend, topic, options);
        clients.add(client);
        return client;
    }

    private static KafkaReading earliest() {
        return KafkaReading.PLAIN.from(StartAt.EARLIEST);
    }

    private static KafkaReading latest() {
        return KafkaReading.PLAIN;
    }

    private static KafkaReading dead(String topic) {
        return dead(Optional.of(topic));
    }

    private static KafkaReading dead(Optional<String> topic) {
        return earliest().settled(topic, true, KafkaReading.DEFAULT_MAX_HOLD);
    }

    private static int partition(GroupClient client) {
        return Integer.parseInt(client.header(0, "kafka-partition"));
    }

    private static List<String> headers(ConsumerRecord<byte[], byte[]> record) {
        return Stream.of(record.headers().toArray())
                .map((Header each) -> each.key() + "=" + new String(each.value(), UTF_8))
                .toList();
    }

    /// Bodies `0` to `count`, partition by partition in turn.
    private static void produce(String topic, int partitions, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            cluster.produceTo(topic, i % partitions, Integer.toString(i));
        }
    }

    private interface Attempt {
        void make() throws Exception;
    }

    private static BackendFailure failure(Attempt attempt) {
        return catchThrowableOfType(BackendFailure.class, attempt::make);
    }
}
