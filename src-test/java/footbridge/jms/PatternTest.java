package footbridge.jms;

import static footbridge.backend.Acknowledgement.AUTOMATIC;
import static footbridge.backend.Acknowledgement.BY_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.backend.Acknowledgement;
import footbridge.backend.BackendSession;
import footbridge.backend.Selection;
import footbridge.backend.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Subscriptions to all topics that a pattern fits.
final class PatternTest extends SharedBrokerTest {

    @ParameterizedTest
    @EnumSource
    void eachMessageSaysFromWhichTopicItIs(Acknowledgement mode) throws Exception {
        String root = "p" + mode.name();
        broker.createTopic(root + ".a");
        BackendSession session = client("a");
        var inbox = new Inbox();
        subscribe(session, Messages.topic(root + ".*"), Selection.ALL, mode, inbox);

        broker.createTopic(root + ".b");
        broker.createTopic(root + ".b.c");
        broker.createTopic(root);
        send(session, Messages.topic(root + ".a"), "a");
        send(session, Messages.topic(root), "root");
        send(session, Messages.topic(root + ".b.c"), "deep");
        send(session, Messages.topic(root + ".b"), "b");

        inbox.awaitCount(2);
        staysAt(inbox, 2);
        assertThat(inbox.texts()).containsExactly("a", "b");
        assertThat(inbox.deliveries())
                .extracting(delivery -> delivery.message().headers().get("destination"))
                .containsExactly(root + ".a", root + ".b");
    }

    @Test
    void aDurableOneKeepsWhatComesToAnyOfThem() throws Exception {
        broker.createTopic("kept.a");
        Target pattern = Messages.topic("kept.*");
        BackendSession session = client("a");
        Selection durable = durable("ann/x", "pattern");
        subscribe(session, pattern, durable, BY_CLIENT, new Inbox()).close();
        send(session, Messages.topic("kept.a"), "while away");

        var inbox = new Inbox();
        subscribe(session, pattern, durable, AUTOMATIC, inbox);

        assertThat(Inbox.text(inbox.await1())).isEqualTo("while away");
        assertThat(inbox.await1().message().headers()).containsEntry("destination", "kept.a");
    }
}
