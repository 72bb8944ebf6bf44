package footbridge.jms;

import static footbridge.backend.Acknowledgement.AUTOMATIC;
import static footbridge.backend.Acknowledgement.BY_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.backend.Acknowledgement;
import footbridge.backend.BackendSession;
import footbridge.backend.Selection;
import footbridge.backend.Target;
import footbridge.backend.TransactedSend;
import jakarta.jms.JMSContext;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Topics without what the client itself has sent; all clients of a test share one link.
final class NoLocalTest extends SharedBrokerTest {

    @ParameterizedTest
    @EnumSource
    void aClientIsSparedItsOwnAndNobodyElses(Acknowledgement mode) throws Exception {
        String name = "chat" + mode;
        broker.createTopic(name);
        Target topic = Messages.topic(name);
        BackendSession ann = client("ann");
        BackendSession bob = client("bob");
        var distant = new Inbox();
        var all = new Inbox();
        subscribe(ann, topic, noLocal(Optional.empty()), mode, distant);
        subscribe(ann, topic, Selection.ALL, mode, all);

        send(ann, topic, "of ann");
        send(bob, topic, "of bob");
        ann.commit(List.of(transacted(topic, "of ann too")), List.of());
        try (JMSContext jms = jms()) {
            jms.createProducer().send(jms.createTopic(name), "of nobody known");
        }

        all.awaitCount(4);
        distant.awaitCount(2);
        staysAt(distant, 2);
        assertThat(distant.texts()).containsExactly("of bob", "of nobody known");
    }

    @Test
    void itGoesWithASelector() throws Exception {
        broker.createTopic("chosen");
        Target topic = Messages.topic("chosen");
        BackendSession ann = client("ann");
        var shared = new Inbox();
        var own = new Inbox();
        Selection selection = noLocal(Optional.of("JMSPriority > 4 OR JMSPriority = 4"));
        subscribe(ann, topic, selection, AUTOMATIC, shared);
        subscribe(ann, topic, selection, BY_CLIENT, own);

        send(ann, topic, "of ann");
        send(client("bob"), topic, "of bob");

        assertThat(Inbox.text(shared.await1())).isEqualTo("of bob");
        assertThat(Inbox.text(own.await1())).isEqualTo("of bob");
    }

    @Test
    void itCostsNoReaderOfItsOwn() throws Exception {
        broker.createTopic("crowd");
        for (int n = 0; n < 10; n++) {
            subscribe(
                    client("c" + n),
                    Messages.topic("crowd"),
                    noLocal(Optional.empty()),
                    AUTOMATIC,
                    new Inbox());
        }

        assertThat(broker.topicConsumers("crowd")).isEqualTo(1);
    }

    @Test
    void theMarkIsNoPropertyThatOthersSee() throws Exception {
        broker.createTopic("marked");
        var inbox = new Inbox();
        BackendSession ann = client("ann");
        subscribe(ann, Messages.topic("marked"), Selection.ALL, AUTOMATIC, inbox);
        try (JMSContext jms = jms();
                var consumer = jms.createConsumer(jms.createTopic("marked"))) {
            send(ann, Messages.topic("marked"), "m");

            Enumeration<?> names = consumer.receive(10_000).getPropertyNames();
            while (names.hasMoreElements()) {
                assertThat(names.nextElement().toString()).startsWith("JMSX");
            }
        }
        assertThat(inbox.await1().message().headers())
                .allSatisfy((name, value) -> assertThat(name + value).doesNotContain("ann", "CID"));
    }

    private static TransactedSend transacted(Target topic, String text) {
        return new TransactedSend(topic, Messages.text(text));
    }
}
