package footbridge.jms;

import static footbridge.backend.Acknowledgement.AUTOMATIC;
import static footbridge.backend.Acknowledgement.BY_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Selection;
import footbridge.backend.Subscription;
import footbridge.backend.Target;
import jakarta.jms.JMSContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Selectors, which the broker applies.
final class SelectorTest extends SharedBrokerTest {

    @Test
    void aQueuesMessagesThatAreNotWantedStayForOthers() throws Exception {
        broker.createQueue("wanted");
        Target queue = Messages.queue("wanted");
        BackendSession session = client("a");
        send(session, queue, Messages.text("eu1", Map.of("region", "eu")));
        send(session, queue, Messages.text("us1", Map.of("region", "us")));
        send(session, queue, Messages.text("eu2", Map.of("region", "eu")));

        var inbox = new Inbox();
        subscribe(session, queue, selector("region = 'eu'"), BY_CLIENT, inbox);

        inbox.awaitCount(2);
        staysAt(inbox, 2);
        assertThat(inbox.texts()).containsExactly("eu1", "eu2");
        var rest = new Inbox();
        subscribe(client("b"), queue, selector("region <> 'eu'"), AUTOMATIC, rest);
        assertThat(Inbox.text(rest.await1())).isEqualTo("us1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x-count\" > 41",
                "hyphenated_props:x-count BETWEEN 42 AND 42",
                "x_HYPHEN_count = '42'",
                "\"content-type\" = 'text/plain' AND \"type\" = 'order'",
                "\"priority\" = 7 AND JMSPriority > 6",
                "\"correlation-id\" = 'c-1' AND JMSCorrelationID LIKE 'c%'",
                "urgent = TRUE",
                "JMSXGroupID = 'g' AND \"JMSXGroupID\" = 'g'",
                "\"timestamp\" > 0 AND JMSDeliveryMode = 'PERSISTENT'",
                "missing IS NULL AND \"ü b\" = 'it''s'"
            })
    void aStompHeaderIsSelectedByItsName(String wanted) throws Exception {
        String name = "named" + Integer.toHexString(wanted.hashCode());
        broker.createTopic(name);
        BackendSession session = client("a");
        var inbox = new Inbox();
        subscribe(session, Messages.topic(name), selector(wanted), AUTOMATIC, inbox);

        send(session, Messages.topic(name), "unwanted");
        send(
                session,
                Messages.topic(name),
                Messages.text(
                        "wanted",
                        Map.of(
                                "x-count", "42",
                                "content-type", "text/plain",
                                "type", "order",
                                "priority", "7",
                                "correlation-id", "c-1",
                                "urgent", "true",
                                "JMSXGroupID", "g",
                                "ü b", "it's")));

        assertThat(
                        wanted.startsWith("\"timestamp\"")
                                ? inbox.awaitCount(2).getLast()
                                : inbox.await1())
                .extracting(Inbox::text)
                .isEqualTo("wanted");
    }

    @Test
    void typedPropertiesOfAJmsClientAreSelectedBy() throws Exception {
        broker.createQueue("typed");
        try (JMSContext jms = jms()) {
            var queue = jms.createQueue("typed");
            jms.createProducer().setProperty("n", 1).setProperty("b", false).send(queue, "one");
            jms.createProducer().setProperty("n", 10).setProperty("b", true).send(queue, "ten");
        }
        var inbox = new Inbox();

        subscribe(
                client("a"),
                Messages.queue("typed"),
                selector("n > 9 AND b = TRUE"),
                AUTOMATIC,
                inbox);

        assertThat(Inbox.text(inbox.await1())).isEqualTo("ten");
    }

    @Test
    void equalSelectorsShareAReaderOfATopic() throws Exception {
        broker.createTopic("shared");
        Target topic = Messages.topic("shared");
        List<Inbox> eu = IntStream.range(0, 20).mapToObj(_ -> new Inbox()).toList();
        for (Inbox inbox : eu) {
            subscribe(client("c"), topic, selector("region = 'eu'"), AUTOMATIC, inbox);
        }
        var us = new Inbox();
        subscribe(client("d"), topic, selector("region = 'us'"), AUTOMATIC, us);
        var all = new Inbox();
        Subscription last = subscribe(client("e"), topic, Selection.ALL, AUTOMATIC, all);

        assertThat(broker.topicConsumers("shared")).isEqualTo(3);
        send(client("f"), topic, Messages.text("eu", Map.of("region", "eu")));
        send(client("f"), topic, Messages.text("us", Map.of("region", "us")));

        all.awaitCount(2);
        assertThat(Inbox.text(us.await1())).isEqualTo("us");
        eu.forEach(inbox -> assertThat(Inbox.text(inbox.await1())).isEqualTo("eu"));
        assertThat(eu).allMatch(inbox -> inbox.deliveries().size() == 1);
        last.close();
        await().until(() -> broker.topicConsumers("shared") == 2);
    }

    @Test
    void anOwnTopicQueueTakesOnlyWhatIsWanted() throws Exception {
        broker.createTopic("own");
        var inbox = new Inbox();
        BackendSession session = client("a");
        subscribe(session, Messages.topic("own"), selector("n = 2"), BY_CLIENT, inbox);

        send(session, Messages.topic("own"), Messages.text("one", Map.of("n", "1")));
        send(session, Messages.topic("own"), Messages.text("two", Map.of("n", "2")));

        assertThat(Inbox.text(inbox.await1())).isEqualTo("two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"region =", "= 'eu'", "a.b = 'x'", "1", "region == 'eu'", ") OR (1 = 1"})
    void aSelectorThatIsNoneIsRefused(String text) throws Exception {
        broker.createTopic("none");
        broker.createQueue("noneQ");
        BackendSession session = client("a");
        Selection selection = selector(text);
        Selection durable =
                new Selection(
                        Optional.of(text),
                        false,
                        false,
                        Optional.of(new Selection.Durable("u/c", "none")));

        assertThat(
                        List.of(
                                failureOf(() -> on(session, Messages.queue("noneQ"), selection)),
                                failureOf(() -> on(session, Messages.topic("none"), selection)),
                                failureOf(() -> on(session, Messages.topic("none"), durable))))
                .extracting(BackendFailure::kind)
                .containsOnly(BackendFailure.Kind.INVALID_SELECTOR);
        await().until(() -> broker.topicQueues("none") == 0);
        send(session, Messages.queue("noneQ"), "the session goes on");
    }

    private static void on(BackendSession session, Target target, Selection selection)
            throws Exception {
        subscribe(session, target, selection, AUTOMATIC, new Inbox());
    }
}
