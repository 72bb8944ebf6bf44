package footbridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.backend.Acknowledgement;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.BackendSession;
import footbridge.backend.KafkaReading;
import footbridge.backend.KafkaUse;
import footbridge.backend.KafkaUse.Sharing.ShareGroup;
import footbridge.backend.Settlement;
import footbridge.backend.StartAt;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscription;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.KafkaTopic;
import footbridge.kafka.client.KafkaTimes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Share groups whose broker gives no answer while a client holds a record.
class ShareGroupOutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOCK = Duration.ofSeconds(5);

    /// The gateway waits for an answer for longer than half a lock.
    private static final KafkaTimes TIMES =
            new KafkaTimes(
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(6),
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(1));

    private static HeldLine line;
    private static KafkaCluster cluster;
    private static KafkaBackend backend;

    @BeforeAll
    static void start() throws Exception {
        line = new HeldLine();
        cluster =
                KafkaCluster.reachedThrough(
                        line,
                        Map.of(
                                "group.share.record.lock.duration.ms",
                                Long.toString(LOCK.toMillis())));
        backend =
                new KafkaBackend(
                        KafkaCluster.settings(
                                        cluster.broker.bootstrapServers(), ConsumerCount.PROPERTIES)
                                .with(TIMES));
    }

    @AfterAll
    static void stop() throws Exception {
        line.close();
        backend.close();
        cluster.close();
    }

    /// A member that did not leave would keep its partitions from the others for five minutes.
    @Test
    void aMemberThatCannotRenewItsLocksLeavesWhateverItsClientAcknowledges() throws Exception {
        Holder holder = new Holder("renewed");
        long delivered = System.nanoTime();

        line.hold();
        // After half a lock the member asks for it to be renewed.
        await().atMost(PATIENCE)
                .until(() -> System.nanoTime() - delivered > LOCK.toNanos() * 2 / 3);
        Outcome told = holder.acknowledge();

        await().atMost(PATIENCE).until(() -> !holder.received.ends.isEmpty() && told.known());
        assertThat(holder.received.ends.getFirst().kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(told.isConfirmed()).isFalse();
        await().atMost(PATIENCE).until(() -> ConsumerCount.open() == 0);
        line.release();
        new Holder("renewed").session.close();
    }

    @Test
    void anAckIsNotConfirmedWithoutAnAnswerWhenItsClientLeavesMeanwhile() throws Exception {
        Holder holder = new Holder("left");

        line.hold();
        Outcome told = holder.acknowledge();
        holder.session.close();

        await().atMost(PATIENCE).until(told::known);
        assertThat(told.isConfirmed()).isFalse();
        assertThat(told.failure()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        await().atMost(PATIENCE).until(() -> ConsumerCount.open() == 0);
        line.release();
    }

    /// A client that has got the only record of a topic.
    private static final class Holder {

        final Received received = new Received();
        final BackendSession session;
        private final Subscription subscription;

        Holder(String topic) throws Exception {
            if (!cluster.hasTopic(topic)) {
                cluster.createTopic(topic, 1);
                cluster.produceTo(topic, 0, "0");
            }
            await().atMost(PATIENCE).until(() -> backend.availability().up());
            session = backend.open();
            subscription =
                    session.subscribe(
                            new KafkaTopic(
                                    "kafka",
                                    topic,
                                    Optional.empty(),
                                    Creation.NEVER,
                                    KafkaUse.PLAIN.with(new ShareGroup("g-" + topic))),
                            new SubscribeOptions(1, Acknowledgement.BY_CLIENT)
                                    .with(KafkaReading.PLAIN.from(StartAt.EARLIEST)),
                            received);
            await().atMost(PATIENCE).until(() -> received.bodies().equals(List.of("0")));
        }

        Outcome acknowledge() throws Exception {
            Outcome told = new Outcome();
            Settlement settlement =
                    new Settlement(
                            subscription,
                            received.deliveries.getFirst(),
                            Settlement.Outcome.ACKNOWLEDGED);
            session.settle(List.of(settlement), Optional.of(told));
            return told;
        }
    }
}
