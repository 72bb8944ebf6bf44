package footbridge.jms;

import static footbridge.backend.Acknowledgement.AUTOMATIC;
import static footbridge.backend.Acknowledgement.BY_CLIENT;
import static footbridge.backend.Settlement.Outcome.ACKNOWLEDGED;
import static footbridge.backend.Settlement.Outcome.REDELIVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Delivery;
import footbridge.backend.Selection;
import footbridge.backend.Selection.Durable;
import footbridge.backend.Settlement;
import footbridge.backend.Subscription;
import footbridge.backend.Target;
import footbridge.jms.reading.DurableQueue;
import jakarta.jms.IllegalStateRuntimeException;
import jakarta.jms.JMSContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;

/// Durable subscriptions, which are the same as those of Artemis' JMS clients.
final class DurableSubscriptionTest extends SharedBrokerTest {

    private final Durable laptop = new Durable("ann/laptop", "news");

    @Test
    void whatCameWhileTheClientWasAwayIsDelivered() throws Exception {
        Target topic = topic("away");
        BackendSession first = client("a");
        var before = new Inbox();
        Subscription subscription = subscribe(first, topic, keep("away"), AUTOMATIC, before);
        send(client("s"), topic, "1");
        subscription.accepted(before.await1());
        awaitMessages(queue("away"), 0);
        first.close();
        send(client("s"), topic, "2", "3");

        var after = new Inbox();
        subscribe(client("b"), topic, keep("away"), AUTOMATIC, after);

        after.awaitCount(2);
        assertThat(after.texts()).containsExactly("2", "3");
    }

    @Test
    void acksAreExactAndTheRestComesBack() throws Exception {
        Target topic = topic("exact");
        BackendSession first = client("a");
        var inbox = new Inbox();
        Subscription subscription = subscribe(first, topic, keep("exact"), BY_CLIENT, inbox);
        send(first, topic, "1", "2", "3");
        List<Delivery> held = List.copyOf(inbox.awaitCount(3));
        held.forEach(subscription::accepted);
        var settled = new Outcome();
        first.settle(
                List.of(new Settlement(subscription, held.get(1), ACKNOWLEDGED)),
                Optional.of(settled));
        settled.awaitEnd();
        first.settle(
                List.of(new Settlement(subscription, held.get(0), REDELIVER)), Optional.empty());
        assertThat(inbox.awaitCount(4).getLast().message().headers())
                .containsEntry("delivery-count", "2");
        subscription.close();

        var again = new Inbox();
        subscribe(first, topic, keep("exact"), BY_CLIENT, again);

        again.awaitCount(2);
        assertThat(again.texts()).containsExactlyInAnyOrder("1", "3");
    }

    @Test
    void aJmsClientHasTheSameSubscription() throws Exception {
        Target topic = topic("both");
        BackendSession session = client("a");
        Subscription subscription = subscribe(session, topic, keep("both"), AUTOMATIC, new Inbox());
        try (JMSContext jms = jmsOf("ann/laptop")) {
            assertThatThrownBy(() -> jms.createDurableConsumer(jms.createTopic("both"), "both"))
                    .isInstanceOf(IllegalStateRuntimeException.class);
        }
        subscription.close();
        send(session, topic, "for either");

        try (JMSContext jms = jmsOf("ann/laptop")) {
            var consumer = jms.createDurableConsumer(jms.createTopic("both"), "both");
            assertThat(consumer.receiveBody(String.class, 10_000)).isEqualTo("for either");
            assertThat(
                            failureOf(() ->
                                            subscribe(
                                                    session,
                                                    topic,
                                                    keep("both"),
                                                    AUTOMATIC,
                                                    new Inbox()))
                                    .kind())
                    .isEqualTo(BackendFailure.Kind.DURABLE_IN_USE);
        }
    }

    @Test
    void aSecondSubscriberIsRefusedAndTheFirstGoesOn() throws Exception {
        Target topic = topic("second");
        var inbox = new Inbox();
        subscribe(client("a"), topic, keep("second"), AUTOMATIC, inbox);

        BackendFailure failure =
                failureOf(() ->
                        subscribe(client("b"), topic, keep("second"), BY_CLIENT, new Inbox()));

        assertThat(failure.kind()).isEqualTo(BackendFailure.Kind.DURABLE_IN_USE);
        send(client("c"), topic, "on");
        assertThat(Inbox.text(inbox.await1())).isEqualTo("on");
    }

    @Test
    void anotherSelectorOrTopicMakesItAnew() throws Exception {
        Target topic = topic("renewed");
        BackendSession session = client("a");
        subscribe(session, topic, keep("renewed"), AUTOMATIC, new Inbox()).close();
        send(session, topic, "old");
        Selection withSelector =
                new Selection(
                        Optional.of("JMSType = 'x'"),
                        false,
                        false,
                        Optional.of(new Durable("ann/laptop", "renewed")));

        var inbox = new Inbox();
        Subscription chosen = subscribe(session, topic, withSelector, AUTOMATIC, inbox);
        send(session, topic, "unwanted");
        send(session, topic, Messages.text("x", Map.of("type", "x")));
        assertThat(Inbox.text(inbox.await1())).isEqualTo("x");
        chosen.accepted(inbox.await1());
        chosen.close();
        send(session, topic, Messages.text("kept", Map.of("type", "x")));
        var same = new Inbox();
        subscribe(session, topic, withSelector, AUTOMATIC, same);
        assertThat(Inbox.text(same.await1())).isEqualTo("kept");
    }

    @Test
    void deletingLeavesNothingAndClosingKeepsIt() throws Exception {
        Target topic = topic("deleted");
        BackendSession session = client("a");
        Subscription kept = subscribe(session, topic, keep("deleted"), BY_CLIENT, new Inbox());
        kept.close();
        assertThat(broker.topicQueues("deleted")).isEqualTo(1);
        Subscription again = subscribe(session, topic, keep("deleted"), BY_CLIENT, new Inbox());

        again.delete();

        assertThat(broker.topicQueues("deleted")).isZero();
        subscribe(session, topic, keep("deleted"), AUTOMATIC, new Inbox()).close();
        session.delete(new Durable("ann/laptop", "deleted"));
        session.delete(new Durable("ann/laptop", "deleted"));
        assertThat(broker.topicQueues("deleted")).isZero();
    }

    @Test
    void oneThatIsInUseIsNotDeleted() throws Exception {
        Target topic = topic("used");
        subscribe(client("a"), topic, keep("used"), AUTOMATIC, new Inbox());

        assertThat(failureOf(() -> client("b").delete(new Durable("ann/laptop", "used"))).kind())
                .isEqualTo(BackendFailure.Kind.DURABLE_IN_USE);
        assertThat(broker.topicQueues("used")).isEqualTo(1);
    }

    @Test
    void aNameThatSpellsAnotherQueueReachesOnlyItsOwn() throws Exception {
        Target topic = topic("spelt");
        Durable dotted = new Durable("ann/a.b", "c");
        Durable other = new Durable("ann/a", "b.c");

        assertThat(DurableQueue.of(dotted)).isNotEqualTo(DurableQueue.of(other));
        subscribe(client("a"), topic, durable("ann/a.b", "c"), AUTOMATIC, new Inbox());
        subscribe(client("b"), topic, durable("ann/a", "b.c"), AUTOMATIC, new Inbox());
        assertThat(broker.topicQueues("spelt")).isEqualTo(2);
    }

    @Test
    void ownMessagesOfAnEarlierConnectionAreLeftOutToo() throws Exception {
        Target topic = topic("local");
        var selection =
                new Selection(
                        Optional.empty(), true, false, Optional.of(new Durable("ann/x", "local")));
        BackendSession first = client("ann/x");
        subscribe(first, topic, selection, AUTOMATIC, new Inbox());
        first.close();
        send(client("ann/x"), topic, "mine");
        send(client("bob"), topic, "his");

        var inbox = new Inbox();
        subscribe(client("ann/x"), topic, selection, AUTOMATIC, inbox);

        assertThat(Inbox.text(inbox.await1())).isEqualTo("his");
    }

    @Test
    void withNothingHeldItGoesOnAfterALossOfTheLink() throws Exception {
        Target topic = topic("lost");
        var inbox = new Inbox();
        Subscription subscription = subscribe(client("a"), topic, keep("lost"), AUTOMATIC, inbox);
        send(client("s"), topic, "1");
        subscription.accepted(inbox.await1());
        awaitMessages(queue("lost"), 0);

        broker.cutLinks();
        BackendSession other = client("s");
        await().ignoreException(BackendFailure.class).untilAsserted(() -> send(other, topic, "2"));

        await().until(() -> inbox.texts().contains("2"));
        assertThat(inbox.texts()).startsWith("1").doesNotHaveDuplicates();
        assertThat(inbox.ends()).isEmpty();
    }

    private Target topic(String name) throws Exception {
        broker.createTopic(name);
        return Messages.topic(name);
    }

    private Selection keep(String name) {
        return durable(laptop.client(), name);
    }

    private static String queue(String name) {
        return DurableQueue.of(new Durable("ann/laptop", name)).name().toString();
    }

    private JMSContext jmsOf(String clientId) {
        JMSContext jms = new ActiveMQConnectionFactory(broker.url()).createContext();
        jms.setClientID(clientId);
        return jms;
    }
}
