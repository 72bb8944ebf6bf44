package footbridge.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Target;
import footbridge.backend.TransactedSend;
import footbridge.jms.link.ArtemisSettings;
import footbridge.testbed.ArtemisBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.junit.jupiter.api.Test;

/// What each policy of a full address does to the client that fills it, and to another one on the
/// same link.
final class AddressFullTest extends BrokerTest {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int ROOM = 20_000;
    private static final String KILOBYTE = "x".repeat(1000);

    @Override
    ArtemisBroker.Builder prepare(ArtemisBroker.Builder builder) {
        for (AddressFullMessagePolicy policy : AddressFullMessagePolicy.values()) {
            builder.queues(policy.name())
                    .addresses(
                            policy.name(),
                            address ->
                                    address.setMaxSizeBytes(ROOM)
                                            .setPageSizeBytes(ROOM / 2)
                                            .setAddressFullMessagePolicy(policy));
        }
        return builder;
    }

    /// One link, so that whoever is slowed on it would slow the others.
    @Override
    ArtemisSettings settings(String url) {
        ArtemisSettings usual = super.settings(url);
        return new ArtemisSettings(
                usual.name(),
                usual.url(),
                usual.user(),
                usual.password(),
                1,
                usual.callTimeout(),
                usual.reconnectDelay());
    }

    @Test
    void blockParksItsClientAndNobodyElse() throws Exception {
        Thread parked = park(session);

        assertThat(confirmed(backend.open(), "ORDERS", 2_000)).isEqualTo(2_000);
        assertThat(parked.isAlive()).isTrue();

        int more = (int) stored("BLOCK") + 200;
        assertThat(drain("BLOCK", more)).as("goes on when there is room").isEqualTo(more);
        session.giveUpWaiting();
        assertThat(parked.join(SOON)).isTrue();
    }

    @Test
    void aParkedClientCanGoAtOnce() throws Exception {
        Thread parked = park(session);

        session.giveUpWaiting();

        assertThat(parked.join(SOON)).isTrue();
        long start = System.nanoTime();
        session.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        assertThat(confirmed(backend.open(), "ORDERS", 10)).isEqualTo(10);
    }

    @Test
    void aCommitThatWaitsForRoomCanBeGivenUp() throws Exception {
        fill("BLOCK");
        long before = stored("BLOCK");
        List<TransactedSend> sends =
                IntStream.range(0, 500).mapToObj(_ -> transacted("BLOCK")).toList();
        Thread parked = parked(() -> session.commit(sends, List.of()));

        session.giveUpWaiting();

        assertThat(parked.join(SOON)).isTrue();
        session.close();
        await().until(() -> stored("BLOCK") == before);
    }

    @Test
    void whoeverGivesUpBeforeDoesNotBegin() {
        session.giveUpWaiting();

        assertThat(
                        catchThrowable(() ->
                                session.send(
                                        Messages.queue("ORDERS"),
                                        Messages.text("late"),
                                        new Outcome())))
                .isInstanceOf(InterruptedException.class);
    }

    @Test
    void pageTakesEverything() throws Exception {
        assertThat(confirmed(session, "PAGE", 500)).isEqualTo(500);

        assertThat(
                        broker.server()
                                .getPagingManager()
                                .getPageStore(SimpleString.of("PAGE"))
                                .isPaging())
                .isTrue();
        assertThat(drain("PAGE", 500)).isEqualTo(500);
    }

    @Test
    void failRefusesItsClientAndNobodyElse() throws Exception {
        int taken = confirmed(session, "FAIL", 200);

        assertThat(taken).isBetween(1, 199);
        assertThat(stored("FAIL")).isEqualTo(taken);
        assertThat(confirmed(backend.open(), "ORDERS", 2_000)).isEqualTo(2_000);
    }

    /// The broker confirms what it drops, and nothing in its answer tells: mappings/README.md does.
    @Test
    void dropConfirmsWhatTheBrokerDrops() throws Exception {
        assertThat(confirmed(session, "DROP", 200)).isEqualTo(200);

        assertThat(stored("DROP")).isBetween(1L, 199L);
    }

    /// Sends `count` messages and returns how many the broker has taken.
    private static int confirmed(BackendSession client, String queue, int count) throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            var outcome = new Outcome();
            try {
                client.send(Messages.queue(queue), Messages.text(KILOBYTE), outcome);
                outcomes.add(outcome);
            } catch (BackendFailure full) {
                assertThat(full.kind()).isEqualTo(BackendFailure.Kind.FULL);
            }
        }
        await().until(() -> outcomes.stream().allMatch(outcome -> outcome.times() == 1));
        return (int) outcomes.stream().filter(Outcome::isConfirmed).count();
    }

    private void fill(String queue) throws Exception {
        BackendSession filler = backend.open();
        Thread waiting = park(filler);
        filler.giveUpWaiting();
        assertThat(waiting.join(SOON)).isTrue();
        filler.close();
        assertThat(stored(queue)).isPositive();
    }

    private static Thread park(BackendSession client) {
        return parked(() -> {
            while (true) {
                client.send(Messages.queue("BLOCK"), Messages.text(KILOBYTE), new Outcome());
            }
        });
    }

    private static Thread parked(Call call) {
        Thread thread =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                call.run();
                            } catch (InterruptedException | BackendFailure e) {
                                // given up
                            }
                        });
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    private interface Call {
        void run() throws BackendFailure, InterruptedException;
    }

    private int drain(String queue, int most) throws Exception {
        try (var jms = jms();
                var consumer = jms.createConsumer(jms.createQueue(queue))) {
            int received = 0;
            while (received < most && consumer.receive(5_000) != null) {
                received++;
            }
            return received;
        }
    }

    private long stored(String queue) {
        return broker.queueNamed(queue).getMessageCount();
    }

    private static TransactedSend transacted(String queue) {
        Target target = Messages.queue(queue);
        return new TransactedSend(target, Messages.text(KILOBYTE));
    }
}
