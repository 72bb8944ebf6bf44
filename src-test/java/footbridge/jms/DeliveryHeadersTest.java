package footbridge.jms;

import static footbridge.backend.Acknowledgement.AUTOMATIC;
import static footbridge.backend.Acknowledgement.BY_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Delivery;
import footbridge.backend.Selection;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscription;
import footbridge.backend.Target;
import jakarta.jms.JMSContext;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Headers that say when, in which order and to whom the broker delivers.
final class DeliveryHeadersTest extends SharedBrokerTest {

    @Test
    void anExpiredMessageIsNotDelivered() throws Exception {
        Target queue = queue("short");
        BackendSession session = client("a");
        long soon = System.currentTimeMillis() + 200;
        send(session, queue, Messages.text("ttl", Map.of("expiration", "200")));
        send(session, queue, Messages.text("end", Map.of("expires", Long.toString(soon))));
        send(
                session,
                queue,
                Messages.text("both", Map.of("expires", soon + "", "expiration", "60000")));
        send(session, queue, Messages.text("kept", Map.of("expiration", "600000")));
        send(session, queue, Messages.text("never", Map.of("expiration", "0", "expires", "0")));

        await().until(() -> System.currentTimeMillis() > soon + 100);
        var inbox = new Inbox();
        subscribe(session, queue, Selection.ALL, AUTOMATIC, inbox);

        inbox.awaitCount(2);
        staysAt(inbox, 2);
        assertThat(inbox.texts()).containsExactly("kept", "never");
        assertThat(inbox.deliveries().get(0).message().headers()).containsKey("expires");
        assertThat(inbox.deliveries().get(1).message().headers()).doesNotContainKey("expires");
    }

    @Test
    void aMessageComesAtItsTime() throws Exception {
        Target queue = queue("later");
        BackendSession session = client("a");
        var inbox = new Inbox();
        subscribe(session, queue, Selection.ALL, AUTOMATIC, inbox);
        long sent = System.currentTimeMillis();

        send(session, queue, Messages.text("delay", Map.of("AMQ_SCHEDULED_DELAY", "900")));
        send(session, queue, Messages.text("time", Map.of("AMQ_SCHEDULED_TIME", sent + 600 + "")));
        send(session, queue, "now");

        inbox.awaitCount(3);
        assertThat(System.currentTimeMillis() - sent).isGreaterThanOrEqualTo(900);
        assertThat(inbox.texts()).containsExactly("now", "time", "delay");
    }

    @Test
    void aHigherPriorityOvertakes() throws Exception {
        Target queue = queue("ranked");
        BackendSession session = client("a");
        for (String priority : new String[] {"1", "9", "4"}) {
            send(session, queue, Messages.text("p" + priority, Map.of("priority", priority)));
        }
        var inbox = new Inbox();

        subscribe(session, queue, Selection.ALL, AUTOMATIC, inbox);

        inbox.awaitCount(3);
        assertThat(inbox.texts()).containsExactly("p9", "p4", "p1");
    }

    @Test
    void aGroupKeepsToOneConsumerUntilThatLeaves() throws Exception {
        Target queue = queue("grouped");
        var first = new Inbox();
        var second = new Inbox();
        BackendSession leaving = client("a");
        Subscription one = leaving.subscribe(queue, new SubscribeOptions(100, BY_CLIENT), first);
        subscribe(client("b"), queue, Selection.ALL, BY_CLIENT, second);
        BackendSession sender = client("s");

        for (int n = 0; n < 20; n++) {
            send(
                    sender,
                    queue,
                    Messages.text(
                            "g" + n % 2,
                            Map.of("JMSXGroupID", "g" + n % 2, "JMSXGroupSeq", n + 1 + "")));
        }

        await().until(() -> first.deliveries().size() + second.deliveries().size() == 20);
        assertThat(first.texts()).hasSize(10).containsOnly(first.texts().getFirst());
        assertThat(second.texts()).hasSize(10).containsOnly(second.texts().getFirst());
        assertThat(first.deliveries().getFirst().message().headers())
                .containsEntry("JMSXGroupID", first.texts().getFirst())
                .containsKey("JMSXGroupSeq");
        one.close();
        second.awaitCount(20);
    }

    @Test
    void aJmsClientSeesTheGroupAndItsSequence() throws Exception {
        Target queue = queue("sequence");
        send(
                client("a"),
                queue,
                Messages.text("m", Map.of("JMSXGroupID", "g", "JMSXGroupSeq", "7")));

        try (JMSContext jms = jms();
                var consumer = jms.createConsumer(jms.createQueue("sequence"))) {
            var received = consumer.receive(10_000);
            assertThat(received.getStringProperty("JMSXGroupID")).isEqualTo("g");
            assertThat(received.getIntProperty("JMSXGroupSeq")).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "expiration, soon",
        "expiration, -1",
        "expires, 1.5",
        "AMQ_SCHEDULED_DELAY, -5",
        "AMQ_SCHEDULED_DELAY, 9223372036854775807",
        "AMQ_SCHEDULED_TIME, tomorrow",
        "JMSXGroupSeq, first",
        "priority, 10",
        "persistent, yes"
    })
    void aValueThatMakesNoSenseIsRefused(String header, String value) throws Exception {
        Target queue = queue("odd" + header.hashCode() + value.hashCode());

        assertThat(
                        failureOf(() ->
                                        send(
                                                client("a"),
                                                queue,
                                                Messages.text("m", Map.of(header, value))))
                                .kind())
                .isEqualTo(BackendFailure.Kind.INVALID_HEADER);
    }

    @Test
    void ofTwoDeliveryTimesNoneIsGuessed() throws Exception {
        Target queue = queue("twice");
        var both = Map.of("AMQ_SCHEDULED_DELAY", "1", "AMQ_SCHEDULED_TIME", "99999999999999");

        assertThat(failureOf(() -> send(client("a"), queue, Messages.text("m", both))).kind())
                .isEqualTo(BackendFailure.Kind.INVALID_HEADER);
    }

    @Test
    void aTopicsSubscribersAreServedByTheSameHeaders() throws Exception {
        broker.createTopic("timed");
        BackendSession session = client("a");
        var inbox = new Inbox();
        subscribe(session, Messages.topic("timed"), Selection.ALL, AUTOMATIC, inbox);

        send(
                session,
                Messages.topic("timed"),
                Messages.text("late", Map.of("AMQ_SCHEDULED_DELAY", "500")));
        send(session, Messages.topic("timed"), "at once");

        assertThat(IntStream.range(0, 2).mapToObj(n -> text(inbox, n)))
                .containsExactly("at once", "late");
    }

    private static String text(Inbox inbox, int n) {
        Delivery delivery = inbox.awaitCount(n + 1).get(n);
        return Inbox.text(delivery);
    }

    private Target queue(String name) throws Exception {
        broker.createQueue(name);
        return Messages.queue(name);
    }
}
