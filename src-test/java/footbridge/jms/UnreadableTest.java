package footbridge.jms;

import static footbridge.backend.Acknowledgement.AUTOMATIC;
import static footbridge.backend.Acknowledgement.BY_CLIENT;
import static footbridge.backend.Settlement.Outcome.DEAD_LETTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendSession;
import footbridge.backend.Delivery;
import footbridge.backend.Selection;
import footbridge.backend.Settlement;
import footbridge.backend.Subscription;
import footbridge.backend.Target;
import footbridge.jms.link.ArtemisSettings;
import footbridge.testbed.ArtemisBroker;
import jakarta.jms.JMSContext;
import jakarta.jms.ObjectMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.junit.jupiter.api.Test;

/// Messages that no STOMP client can be shown: they are neither lost nor in the way of others.
final class UnreadableTest extends SharedBrokerTest {

    @Override
    ArtemisBroker.Builder prepare(ArtemisBroker.Builder builder) {
        return builder.queues("DLQ", "GRAVE")
                .addresses(
                        "large",
                        address ->
                                address.setMaxDeliveryAttempts(2)
                                        .setDeadLetterAddress(SimpleString.of("GRAVE")));
    }

    @Test
    void anObjectGoesToTheDeadLettersWhereTheClientSettlesNothing() throws Exception {
        Target queue = queue("objects");
        try (JMSContext jms = jms()) {
            var to = jms.createQueue("objects");
            jms.createProducer().send(to, jms.createObjectMessage("kept")).send(to, "behind it");
        }
        var inbox = new Inbox();
        BackendSession session = client("a");

        Subscription subscription = subscribe(session, queue, Selection.ALL, AUTOMATIC, inbox);
        List.copyOf(inbox.awaitCount(2)).forEach(subscription::accepted);

        assertThat(inbox.deliveries().getFirst().message().headers())
                .containsEntry("footbridge-unreadable", "object");
        assertThat(inbox.texts()).containsExactly("", "behind it");
        awaitMessages("objects", 0);
        try (JMSContext jms = jms();
                var dead = jms.createConsumer(jms.createQueue("DLQ"))) {
            var received = (ObjectMessage) dead.receive(10_000);
            assertThat(received.getStringProperty("_AMQ_ORIG_QUEUE")).isEqualTo("objects");
            assertThat(received.getObject()).isEqualTo("kept");
        }
        assertThat(inbox.ends()).isEmpty();
    }

    @Test
    void aClientThatSettlesDecidesItself() throws Exception {
        Target queue = queue("decided");
        try (JMSContext jms = jms()) {
            jms.createProducer().send(jms.createQueue("decided"), jms.createStreamMessage());
        }
        var inbox = new Inbox();
        BackendSession session = client("a");

        Subscription subscription = subscribe(session, queue, Selection.ALL, BY_CLIENT, inbox);
        Delivery delivery = inbox.await1();
        subscription.accepted(delivery);

        assertThat(delivery.message().headers()).containsEntry("footbridge-unreadable", "stream");
        assertThat(messages("decided")).isEqualTo(1);
        session.settle(
                List.of(new Settlement(subscription, delivery, DEAD_LETTER)), Optional.empty());
        awaitMessages("decided", 0);
    }

    @Test
    void whatIsLargerThanTheGatewayTakesIsLeftToTheBrokersPolicy() throws Exception {
        broker.createQueue("large");
        try (JMSContext jms = jms();
                var small =
                        new ArtemisBackend(
                                ArtemisSettings.of("artemis", broker.url())
                                        .withTimes(Duration.ofSeconds(10), Duration.ofMillis(50)),
                                Accounts.GATEWAY,
                                200_000)) {
            var to = jms.createQueue("large");
            jms.createProducer()
                    .send(to, new byte[200_001])
                    .send(to, "ü".repeat(100_001))
                    .send(to, "x".repeat(200_000));
            await().until(() -> small.availability().up());
            BackendSession session = small.open();
            var inbox = new Inbox();
            Subscription[] subscription = new Subscription[1];

            subscription[0] =
                    subscribe(session, Messages.queue("large"), Selection.ALL, AUTOMATIC, inbox);
            for (int n = 0; n < 5; n++) {
                subscription[0].accepted(inbox.awaitCount(n + 1).get(n));
            }

            awaitMessages("large", 0);
            awaitMessages("GRAVE", 2);
            assertThat(inbox.deliveries())
                    .filteredOn(delivery -> delivery.message().size() == 200_000)
                    .hasSize(1);
            assertThat(inbox.deliveries())
                    .extracting(
                            delivery -> delivery.message().headers().get("footbridge-unreadable"))
                    .containsOnly("too-large", null);
            session.close();
        }
    }

    private Target queue(String name) throws Exception {
        broker.createQueue(name);
        return Messages.queue(name);
    }
}
