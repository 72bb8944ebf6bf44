package footbridge.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Delivery;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class QueueSubscriptionTest extends BrokerTest {

    private static final Duration QUIET = Duration.ofMillis(300);

    private final Inbox inbox = new Inbox();

    @Test
    void messagesArriveInOrderAndAcceptedOnesAreForgotten() throws Exception {
        fill(500);
        Subscription subscription = subscribe(50);
        for (int n = 0; n < 500; n++) {
            subscription.accepted(inbox.awaitCount(n + 1).get(n));
        }

        assertThat(inbox.texts()).isEqualTo(names(0, 500));
        await().until(() -> broker.queueNamed("ORDERS").getMessageCount() == 0);
        assertThat(broker.queueNamed("ORDERS").getMessagesAcknowledged()).isEqualTo(500);
    }

    @Test
    void noMoreThanThePrefetchAreOnTheirWay() throws Exception {
        fill(20);
        Subscription subscription = subscribe(3);
        inbox.awaitCount(3);
        staysAt(3);

        subscription.accepted(inbox.deliveries().get(1));

        inbox.awaitCount(4);
        staysAt(4);
    }

    @Test
    void acceptingTwiceCountsOnce() throws Exception {
        fill(20);
        Subscription subscription = subscribe(2);
        Delivery first = inbox.awaitCount(2).getFirst();

        subscription.accepted(first);
        subscription.accepted(first);
        subscription.accepted(new Delivery(first.message(), 999));

        inbox.awaitCount(3);
        staysAt(3);
    }

    @Test
    void whatWasNotAcceptedComesBackInOrderAndUntouched() throws Exception {
        fill(10);
        Subscription subscription = subscribe(4);
        inbox.awaitCount(4);
        subscription.accepted(inbox.deliveries().get(1));
        inbox.awaitCount(5);

        subscription.close();

        var next = new Inbox();
        session.subscribe(Messages.queue("ORDERS"), PREFETCH_100, next);
        next.awaitCount(9);
        assertThat(next.texts())
                .containsExactly("m0", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9");
        assertThat(next.deliveries())
                .noneMatch(delivery -> delivery.message().headers().containsKey("redelivered"));
    }

    @Test
    void closingTheSessionGivesEverythingBack() throws Exception {
        fill(10);
        subscribe(4);
        inbox.awaitCount(4);

        session.close();

        BackendSession another = backend.open();
        var next = new Inbox();
        another.subscribe(Messages.queue("ORDERS"), PREFETCH_100, next);
        next.awaitCount(10);
        assertThat(next.texts()).isEqualTo(names(0, 10));
        assertThat(inbox.ends()).isEmpty();
    }

    @Test
    void nothingIsDeliveredAfterClose() throws Exception {
        fill(200);
        Subscription subscription = subscribe(1000);
        inbox.awaitCount(1);

        subscription.close();
        int delivered = inbox.deliveries().size();
        fill(10);

        staysAt(delivered);
    }

    @Test
    void acceptingAfterCloseSettlesNothing() throws Exception {
        fill(1);
        Subscription subscription = subscribe(1);
        Delivery delivery = inbox.await1();
        subscription.close();

        subscription.accepted(delivery);
        subscription.close();

        assertThat(receive("ORDERS").getBody(String.class)).isEqualTo("m0");
    }

    @Test
    void aSecondDeliveryAfterAFailureSaysSo() throws Exception {
        fill(1);
        try (var jms = jms()) {
            var transacted = jms.createContext(jakarta.jms.JMSContext.SESSION_TRANSACTED);
            transacted.createConsumer(transacted.createQueue("ORDERS")).receive(10_000);
            transacted.rollback();
            transacted.close();
        }
        subscribe(10);

        assertThat(inbox.await1().message().headers())
                .containsEntry("redelivered", "true")
                .containsEntry("delivery-count", "2");
    }

    @Test
    void aMissingQueueIsRefused() {
        BackendFailure failure =
                catchThrowableOfType(
                        BackendFailure.class,
                        () -> session.subscribe(Messages.queue("NOWHERE"), PREFETCH_100, inbox));

        assertThat(failure.kind()).isEqualTo(BackendFailure.Kind.NO_SUCH_TARGET);
    }

    @Test
    void theSubscriptionEndsWhenItsQueueIsDeleted() throws Exception {
        subscribe(10);
        broker.deleteQueue("ORDERS");

        await().untilAsserted(() ->
                assertThat(inbox.ends())
                        .extracting(BackendFailure::kind)
                        .containsExactly(BackendFailure.Kind.NO_SUCH_TARGET));
    }

    @Test
    void manySubscriptionsOfOneSessionShareTheWork() throws Exception {
        List<Inbox> inboxes = IntStream.range(0, 20).mapToObj(_ -> new Inbox()).toList();
        for (Inbox each : inboxes) {
            session.subscribe(Messages.queue("ORDERS"), SubscribeOptions.automatic(5), each);
        }
        fill(100);

        await().until(() -> inboxes.stream().mapToInt(i -> i.deliveries().size()).sum() == 100);
        assertThat(inboxes).allMatch(each -> each.deliveries().size() == 5);
    }

    private Subscription subscribe(int prefetch) throws Exception {
        return session.subscribe(
                Messages.queue("ORDERS"), SubscribeOptions.automatic(prefetch), inbox);
    }

    private void fill(int count) throws Exception {
        Outcome last = new Outcome();
        for (int n = 0; n < count; n++) {
            last = new Outcome();
            session.send(Messages.queue("ORDERS"), Messages.text("m" + n), last);
        }
        assertThat(last.awaitEnd().isConfirmed()).isTrue();
    }

    private void staysAt(int count) {
        await().during(QUIET).until(() -> inbox.deliveries().size() == count);
    }

    private static List<String> names(int from, int to) {
        return IntStream.range(from, to).mapToObj(n -> "m" + n).toList();
    }
}
