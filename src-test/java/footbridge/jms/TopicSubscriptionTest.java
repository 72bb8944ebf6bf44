package footbridge.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Subscription;
import jakarta.jms.JMSContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TopicSubscriptionTest extends BrokerTest {

    @Test
    void fiftySubscribersShareOneConsumerAndTheSameDelivery() throws Exception {
        List<Inbox> inboxes = IntStream.range(0, 50).mapToObj(_ -> new Inbox()).toList();
        for (Inbox inbox : inboxes) {
            backend.open().subscribe(Messages.topic("ticks"), PREFETCH_100, inbox);
        }
        assertThat(broker.topicConsumers("ticks")).isEqualTo(1);

        session.send(Messages.topic("ticks"), Messages.text("tick"), new Outcome());

        inboxes.forEach(Inbox::await1);
        assertThat(inboxes)
                .allMatch(inbox -> inbox.deliveries().size() == 1)
                .allSatisfy(inbox ->
                        assertThat(inbox.await1().message())
                                .isSameAs(inboxes.getFirst().await1().message()));
    }

    @Test
    void theConsumerGoesWithTheLastSubscriberAndComesWithTheNext() throws Exception {
        BackendSession other = backend.open();
        Subscription first = subscribe(session, new Inbox());
        subscribe(other, new Inbox());

        first.close();
        first.close();
        assertThat(broker.topicConsumers("ticks")).isEqualTo(1);
        other.close();
        await().until(() -> broker.topicQueues("ticks") == 0);

        var inbox = new Inbox();
        subscribe(session, inbox);
        session.send(Messages.topic("ticks"), Messages.text("again"), new Outcome());
        assertThat(Inbox.text(inbox.await1())).isEqualTo("again");
    }

    @Test
    void everyMessageSentAfterSubscribeArrivesInOrder() throws Exception {
        try (JMSContext jms = jms()) {
            for (int round = 0; round < 10; round++) {
                var inbox = new Inbox();
                Subscription subscription = subscribe(session, inbox);
                List<String> sent = new ArrayList<>();
                for (int n = 0; n < 20; n++) {
                    sent.add("r" + round + "n" + n);
                    jms.createProducer().send(jms.createTopic("ticks"), sent.getLast());
                }
                inbox.awaitCount(20);
                assertThat(inbox.texts()).isEqualTo(sent);
                subscription.close();
            }
        }
    }

    @Test
    void aJmsSubscriberGetsWhatAClientSends() throws Exception {
        try (JMSContext jms = jms();
                var consumer = jms.createConsumer(jms.createTopic("ticks"))) {
            session.send(Messages.topic("ticks"), Messages.text("tick"), new Outcome());

            assertThat(consumer.receiveBody(String.class, 10_000)).isEqualTo("tick");
        }
    }

    @Test
    void oneClientMaySubscribeTwice() throws Exception {
        var inbox = new Inbox();
        Subscription first = subscribe(session, inbox);
        subscribe(session, inbox);
        session.send(Messages.topic("ticks"), Messages.text("a"), new Outcome());
        inbox.awaitCount(2);

        first.close();
        session.send(Messages.topic("ticks"), Messages.text("b"), new Outcome());

        inbox.awaitCount(3);
        assertThat(inbox.texts()).containsExactly("a", "a", "b");
    }

    @Test
    void aMissingTopicIsRefused() {
        BackendFailure failure =
                catchThrowableOfType(
                        BackendFailure.class,
                        () ->
                                session.subscribe(
                                        Messages.topic("nowhere"), PREFETCH_100, new Inbox()));

        assertThat(failure.kind()).isEqualTo(BackendFailure.Kind.NO_SUCH_TARGET);
    }

    private static Subscription subscribe(BackendSession by, Inbox inbox) throws Exception {
        return by.subscribe(Messages.topic("ticks"), PREFETCH_100, inbox);
    }
}
