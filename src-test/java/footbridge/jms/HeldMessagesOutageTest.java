package footbridge.jms;

import static footbridge.backend.Settlement.Outcome.ACKNOWLEDGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.BackendSession;
import footbridge.backend.Delivery;
import footbridge.backend.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// Losses of the link, seen by clients that settle their messages.
final class HeldMessagesOutageTest extends ClientAckTest {

    @Test
    void aSubscriptionWithHeldMessagesEndsOnce() throws Exception {
        fill("ORDERS", 5);
        Subscription subscription = subscribe("ORDERS", 3);
        take(subscription, 3);

        broker.cutLinks();

        await().until(() -> !inbox.ends().isEmpty());
        assertThat(inbox.ends().getFirst())
                .hasMessageContaining("messages held by this client will be delivered again");
        assertThat(inbox.ends().getFirst().kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        await().during(Duration.ofSeconds(1)).until(() -> inbox.ends().size() == 1);
        staysAt(3);
        session.abandon();
        assertThat(textsIn("ORDERS", 5)).containsExactlyInAnyOrderElementsOf(names(0, 5));
    }

    @Test
    void aSubscriptionThatHoldsNothingGoesOn() throws Exception {
        fill("ORDERS", 1);
        Subscription subscription = subscribe("ORDERS", 10);
        settleAndConfirm(subscription, ACKNOWLEDGED, take(subscription, 1).getFirst());

        broker.stop();
        await().until(() -> !backend.availability().up());
        broker.start();
        awaitUp();
        await().until(() -> broker.queueNamed("ORDERS").getConsumerCount() == 1);
        sendWhenUp("after");

        settleAndConfirm(subscription, ACKNOWLEDGED, take(subscription, 2).getLast());
        assertThat(inbox.texts()).containsExactly("m0", "after");
        assertThat(inbox.ends()).isEmpty();
        assertThat(messages("ORDERS")).isZero();
    }

    @Test
    void settlingAfterALossIsRefusedAndSettlesNothing() throws Exception {
        fill("ORDERS", 2);
        Subscription subscription = subscribe("ORDERS", 10);
        List<Delivery> stale = take(subscription, 2);

        broker.cutLinks();
        await().until(() -> !inbox.ends().isEmpty());
        awaitUp();

        for (Delivery each : stale) {
            BackendFailure failure = failureOf(() -> settle(subscription, ACKNOWLEDGED, each));
            assertThat(failure.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
            assertThat(
                            failureOf(() ->
                                            session.commit(
                                                    List.of(),
                                                    settlements(subscription, ACKNOWLEDGED, each)))
                                    .kind())
                    .isEqualTo(Kind.OUTCOME_UNKNOWN);
        }
        assertThat(messages("ORDERS")).isEqualTo(2);
    }

    @Test
    void whatReachesTheClientAfterTheLossCountsAsHeld() throws Exception {
        fill("ORDERS", 1);
        Subscription subscription = subscribe("ORDERS", 10);
        Delivery queued = inbox.await1();

        broker.cutLinks();
        inbox.awaitCount(2);
        assertThat(inbox.ends()).isEmpty();
        subscription.accepted(queued);

        assertThat(inbox.ends()).hasSize(1);
        assertThat(failureOf(() -> settle(subscription, ACKNOWLEDGED, queued)).kind())
                .isEqualTo(Kind.OUTCOME_UNKNOWN);
        assertThat(messages("ORDERS")).isEqualTo(1);
    }

    @Test
    void closingAfterALossIsQuick() throws Exception {
        fill("ORDERS", 3);
        Subscription subscription = subscribe("ORDERS", 10);
        take(subscription, 3);
        broker.kill();
        await().until(() -> !inbox.ends().isEmpty());

        long start = System.nanoTime();
        session.abandon();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        broker.start();
        awaitUp();
        assertThat(textsIn("ORDERS", 3)).containsExactly("m0", "m1", "m2");
    }

    @Test
    void aCommitDuringACrashIsDoneOrNotDoneAndSaysWhich() throws Exception {
        for (int round = 0; round < 12; round++) {
            awaitUp();
            sendWhenUp("work" + round);
            BackendSession client = backend.open();
            var work = new Inbox();
            Subscription subscription = subscribe(client, Messages.queue("ORDERS"), 10, work);
            Delivery taken = work.await1();
            subscription.accepted(taken);
            Thread killer = killSoon();
            Kind ended = null;
            try {
                client.commit(
                        CommitTest.sends("OTHER", 3),
                        settlements(subscription, ACKNOWLEDGED, taken));
            } catch (BackendFailure e) {
                ended = e.kind();
                assertThat(e)
                        .hasMessageMatching(
                                ".*(all of this was done, or nothing|nothing was done|delivered again).*");
            }
            killer.join();
            broker.start();

            long sent = messages("OTHER");
            assertThat(sent + 3 * messages("ORDERS"))
                    .as("all or nothing in round %d, which ended as %s", round, ended)
                    .isEqualTo(3);
            if (ended == null) {
                assertThat(sent).isEqualTo(3);
            } else if (ended != Kind.OUTCOME_UNKNOWN) {
                assertThat(sent).isZero();
            }
            awaitUp();
            client.abandon();
            empty("ORDERS");
            empty("OTHER");
        }
    }

    private Thread killSoon() {
        long nanos = ThreadLocalRandom.current().nextLong(8_000_000);
        return Thread.ofPlatform()
                .start(() -> {
                    LockSupport.parkNanos(nanos);
                    try {
                        broker.kill();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private void empty(String queue) throws Exception {
        broker.queueNamed(queue).deleteAllReferences();
        awaitMessages(queue, 0);
    }

    private void sendWhenUp(String text) {
        await().ignoreExceptionsInstanceOf(BackendFailure.class)
                .until(() -> {
                    sendAndConfirm("ORDERS", text);
                    return true;
                });
    }
}
