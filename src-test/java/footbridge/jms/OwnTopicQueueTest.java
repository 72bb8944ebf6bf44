package footbridge.jms;

import static footbridge.backend.Settlement.Outcome.ACKNOWLEDGED;
import static footbridge.backend.Settlement.Outcome.DEAD_LETTER;
import static footbridge.backend.Settlement.Outcome.REDELIVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendSession;
import footbridge.backend.Delivery;
import footbridge.backend.Subscription;
import footbridge.testbed.ArtemisBroker;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Topics whose subscribers settle their messages.
final class OwnTopicQueueTest extends ClientAckTest {

    @Override
    ArtemisBroker.Builder prepare(ArtemisBroker.Builder builder) {
        return super.prepare(builder)
                .addresses("ticks", address -> address.setRedeliveryDelay(DELAY.toMillis()));
    }

    @Test
    void eachSubscriberSettlesForItself() throws Exception {
        var otherInbox = new Inbox();
        BackendSession otherSession = backend.open();
        Subscription first = subscribe(session, Messages.topic("ticks"), 2, inbox);
        Subscription second = subscribe(otherSession, Messages.topic("ticks"), 10, otherInbox);
        tick(3);
        List<Delivery> taken = take(first, 2);
        staysAt(2);
        assertThat(otherInbox.awaitCount(3)).hasSize(3);
        otherInbox.deliveries().forEach(second::accepted);

        settle(first, ACKNOWLEDGED, taken.get(1));
        inbox.awaitCount(3);
        settle(first, REDELIVER, taken.get(0));

        Delivery again = inbox.awaitCount(4).getLast();
        assertThat(Inbox.text(again)).isEqualTo("tick0");
        assertThat(count(again)).contains("2");
        assertThat(otherInbox.deliveries()).hasSize(3);
    }

    @Test
    void aTickMayBecomeADeadLetter() throws Exception {
        Subscription subscription = subscribe(session, Messages.topic("ticks"), 10, inbox);
        tick(2);
        List<Delivery> taken = take(subscription, 2);

        settleAndConfirm(subscription, DEAD_LETTER, taken.get(1));
        session.commit(List.of(), settlements(subscription, ACKNOWLEDGED, taken.get(0)));

        assertThat(messages("DLQ")).isEqualTo(1);
        assertThat(receive("DLQ").getStringProperty("_AMQ_ORIG_ADDRESS")).isEqualTo("ticks");
    }

    @Test
    void theQueueGoesWithTheSubscription() throws Exception {
        Subscription first = subscribe(session, Messages.topic("ticks"), 10, inbox);
        subscribe(session, Messages.topic("ticks"), 10, new Inbox());
        assertThat(broker.topicQueues("ticks")).isEqualTo(2);
        tick(1);
        take(first, 1);

        first.close();
        assertThat(broker.topicQueues("ticks")).isEqualTo(1);
        session.close();

        assertThat(broker.topicQueues("ticks")).isZero();
    }

    @Test
    void withNothingHeldItGoesOnAfterALoss() throws Exception {
        Subscription subscription = subscribe(session, Messages.topic("ticks"), 10, inbox);
        tick(1);
        settleAndConfirm(subscription, ACKNOWLEDGED, take(subscription, 1).getFirst());

        broker.stop();
        await().until(() -> !backend.availability().up());
        broker.start();
        awaitUp();
        await().until(() -> broker.topicConsumers("ticks") == 1);
        BackendSession sender = backend.open();
        sender.send(Messages.topic("ticks"), Messages.text("after"), new Outcome());

        settleAndConfirm(subscription, ACKNOWLEDGED, take(subscription, 2).getLast());
        assertThat(inbox.ends()).isEmpty();
        assertThat(broker.topicQueues("ticks")).isEqualTo(1);
    }

    private void tick(int count) throws Exception {
        for (int n = 0; n < count; n++) {
            var outcome = new Outcome();
            session.send(Messages.topic("ticks"), Messages.text("tick" + n), outcome);
            assertThat(outcome.awaitEnd().isConfirmed()).isTrue();
        }
    }
}
