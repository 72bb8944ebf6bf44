package footbridge.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Delivery;
import footbridge.backend.Subscription;
import footbridge.testbed.ArtemisBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OutageTest extends BrokerTest {

    private final Inbox inbox = new Inbox();

    @Test
    void aSendWhileTheBrokerIsAwayIsRefusedAtOnce() throws Exception {
        sendAndConfirm("ORDERS", "before");
        broker.stop();
        awaitDown();

        long start = System.nanoTime();
        assertThat(failure().kind()).isEqualTo(BackendFailure.Kind.UNAVAILABLE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(backend.availability().reason()).isNotEmpty();

        broker.start();
        awaitUp();
        sendAndConfirm("ORDERS", "after");
    }

    @Test
    void aBrokerThatComesLateIsFound() throws Exception {
        broker.stop();
        try (var late = new ArtemisBackend(settings(broker.url()))) {
            BackendSession early = late.open();
            assertThat(late.availability().up()).isFalse();
            assertThat(
                            catchThrowableOfType(
                                            BackendFailure.class,
                                            () ->
                                                    early.subscribe(
                                                            Messages.queue("ORDERS"),
                                                            PREFETCH_100,
                                                            inbox))
                                    .kind())
                    .isEqualTo(BackendFailure.Kind.UNAVAILABLE);

            broker.start();
            await().until(() -> late.availability().up());
            var outcome = new Outcome();
            await().until(() -> sent(early, outcome));
            assertThat(outcome.awaitEnd().isConfirmed()).isTrue();
        }
    }

    @Test
    void everySendUnderWayEndsOnceAndConfirmedOnesAreStored() throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        Thread killer =
                Thread.ofPlatform()
                        .start(() -> {
                            await().until(() -> confirmed(outcomes) > 200);
                            kill();
                        });
        try {
            while (killer.isAlive()) {
                var outcome = new Outcome();
                session.send(Messages.queue("ORDERS"), Messages.text("m"), outcome);
                synchronized (outcomes) {
                    outcomes.add(outcome);
                }
            }
        } catch (BackendFailure e) {
            assertThat(e.kind())
                    .isIn(BackendFailure.Kind.UNAVAILABLE, BackendFailure.Kind.OUTCOME_UNKNOWN);
        }
        killer.join();

        await().until(() -> outcomes.stream().allMatch(outcome -> outcome.times() > 0));
        broker.start();
        awaitUp();

        assertThat(outcomes).allMatch(outcome -> outcome.times() == 1);
        assertThat(outcomes.stream().filter(outcome -> !outcome.isConfirmed()))
                .allMatch(
                        outcome -> outcome.failure().kind() == BackendFailure.Kind.OUTCOME_UNKNOWN);
        assertThat(broker.queueNamed("ORDERS").getMessageCount())
                .isBetween((long) confirmed(outcomes), (long) outcomes.size());
    }

    @Test
    void anUnconfirmedSendFailsOnceWhenTheLinkIsCut() throws Exception {
        sendAndConfirm("ORDERS", "first");
        for (int round = 0; round < 20; round++) {
            awaitUp();
            List<Outcome> outcomes = new ArrayList<>();
            try {
                for (int n = 0; n < 100; n++) {
                    var outcome = new Outcome();
                    session.send(Messages.queue("ORDERS"), Messages.text("m"), outcome);
                    outcomes.add(outcome);
                    if (n == 50) {
                        broker.cutLinks();
                    }
                }
            } catch (BackendFailure e) {
                assertThat(e.kind())
                        .isIn(BackendFailure.Kind.UNAVAILABLE, BackendFailure.Kind.OUTCOME_UNKNOWN);
            }
            await().untilAsserted(
                            () -> assertThat(outcomes).allMatch(outcome -> outcome.times() == 1));
        }
    }

    @Test
    void aQueueSubscriptionGoesOnAfterARestart() throws Exception {
        Subscription subscription =
                session.subscribe(Messages.queue("ORDERS"), PREFETCH_100, inbox);
        sendAndConfirm("ORDERS", "before");
        subscription.accepted(inbox.await1());
        await().until(() -> broker.queueNamed("ORDERS").getMessageCount() == 0);

        restart();
        sendAndConfirm("ORDERS", "after");

        inbox.awaitCount(2);
        assertThat(inbox.texts()).containsExactly("before", "after");
        assertThat(inbox.ends()).isEmpty();
    }

    @Test
    void whatWasHeldComesBackAtOnceWhenOnlyTheLinkIsCut() throws Exception {
        session.subscribe(Messages.queue("ORDERS"), PREFETCH_100, inbox);
        sendAndConfirm("ORDERS", "a");
        sendAndConfirm("ORDERS", "b");
        inbox.awaitCount(2);

        broker.cutLinks();

        inbox.awaitCount(4);
        assertThat(inbox.texts()).containsExactly("a", "b", "a", "b");
        assertThat(inbox.deliveries().getLast().message().headers())
                .containsEntry("redelivered", "true");
    }

    @Test
    void nothingOfATopicReaderIsLeftWhenOnlyTheLinkIsCut() throws Exception {
        session.subscribe(Messages.topic("ticks"), PREFETCH_100, inbox);
        broker.cutLinks();

        await().during(Duration.ofMillis(500)).until(() -> broker.topicQueues("ticks") == 1);
    }

    @Test
    void aTopicSubscriptionGoesOnAfterARestart() throws Exception {
        session.subscribe(Messages.topic("ticks"), PREFETCH_100, inbox);
        restart();
        await().until(() -> broker.topicConsumers("ticks") == 1);

        session.send(Messages.topic("ticks"), Messages.text("after"), new Outcome());

        assertThat(Inbox.text(inbox.await1())).isEqualTo("after");
        assertThat(inbox.ends()).isEmpty();
    }

    @Test
    void acceptingWhatWasHeldBeforeTheLossSettlesNothing() throws Exception {
        Subscription subscription =
                session.subscribe(Messages.queue("ORDERS"), PREFETCH_100, inbox);
        sendAndConfirm("ORDERS", "held");
        Delivery stale = inbox.await1();

        restart();
        Delivery again = inbox.awaitCount(2).getLast();
        subscription.accepted(stale);

        await().during(Duration.ofMillis(300))
                .until(() -> broker.queueNamed("ORDERS").getMessageCount() == 1);
        subscription.accepted(again);
        await().until(() -> broker.queueNamed("ORDERS").getMessageCount() == 0);
    }

    @Test
    void aSubscriptionWhoseQueueIsGoneAfterTheOutageEnds() throws Exception {
        broker.createQueue("SHORTLIVED");
        session.subscribe(Messages.queue("SHORTLIVED"), PREFETCH_100, inbox);
        broker.stop();
        awaitDown();
        try (var emptied = ArtemisBroker.in(folder.resolve("fresh")).port(broker.port()).start()) {
            await().untilAsserted(() ->
                    assertThat(inbox.ends())
                            .extracting(BackendFailure::kind)
                            .containsExactly(BackendFailure.Kind.NO_SUCH_TARGET));
            assertThat(emptied.port()).isEqualTo(broker.port());
        }
    }

    @Test
    void closingDuringAnOutageIsQuickAndFinal() throws Exception {
        Subscription subscription =
                session.subscribe(Messages.queue("ORDERS"), PREFETCH_100, inbox);
        session.subscribe(Messages.topic("ticks"), PREFETCH_100, inbox);
        sendAndConfirm("OTHER", "m");
        broker.kill();
        awaitDown();

        long start = System.nanoTime();
        subscription.close();
        session.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));

        broker.start();
        awaitUp();
        await().during(Duration.ofMillis(300))
                .until(() -> broker.topicConsumers("ticks") == 0 && consumersOfOrders() == 0);
        assertThat(inbox.ends()).isEmpty();
    }

    @Test
    void closingTheBackendEndsItsSubscriptions() throws Exception {
        session.subscribe(Messages.queue("ORDERS"), PREFETCH_100, inbox);

        backend.close();

        await().untilAsserted(() ->
                assertThat(inbox.ends())
                        .extracting(BackendFailure::kind)
                        .containsExactly(BackendFailure.Kind.UNAVAILABLE));
        assertThat(failure().kind()).isEqualTo(BackendFailure.Kind.UNAVAILABLE);
        await().until(() -> broker.server().getSessions().isEmpty());
    }

    private int consumersOfOrders() {
        return broker.queueNamed("ORDERS").getConsumerCount();
    }

    private void restart() throws Exception {
        broker.stop();
        awaitDown();
        broker.start();
        awaitUp();
        await().until(() -> failureOrNone() == null);
    }

    private void awaitDown() {
        await().until(() -> !backend.availability().up());
    }

    private void kill() {
        try {
            broker.kill();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static int confirmed(List<Outcome> outcomes) {
        synchronized (outcomes) {
            return (int) outcomes.stream().filter(Outcome::isConfirmed).count();
        }
    }

    private static boolean sent(BackendSession by, Outcome outcome) throws InterruptedException {
        try {
            by.send(Messages.queue("ORDERS"), Messages.text("m"), outcome);
            return true;
        } catch (BackendFailure _) {
            return false;
        }
    }

    private BackendFailure failure() {
        return Objects.requireNonNull(failureOrNone());
    }

    private @Nullable BackendFailure failureOrNone() {
        return catchThrowableOfType(
                BackendFailure.class,
                () -> session.send(Messages.queue("OTHER"), Messages.text("m"), new Outcome()));
    }
}
