package footbridge.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.backend.Acknowledgement;
import footbridge.backend.BackendFailure;
import footbridge.backend.Settlement;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscription;
import footbridge.backend.Target;
import footbridge.jms.link.ArtemisSettings;
import footbridge.testbed.ArtemisBroker;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What `gateway/README.md` says the gateway's account needs at a secured broker is enough, and
/// nothing of it can be left out.
final class RightsTest extends BrokerTest {

    private static final String[] MANAGEMENT = {
        "manage",
        "send",
        "consume",
        "createNonDurableQueue",
        "deleteNonDurableQueue",
        "createAddress",
        "deleteAddress"
    };

    @Override
    ArtemisBroker.Builder prepare(ArtemisBroker.Builder builder) {
        return builder.user("gateway", "secret")
                .queues("DLQ")
                .close("#")
                .rights("ORDERS", "send", "consume")
                .rights("OTHER", "consume")
                .rights("DLQ", "send")
                .rights("made", "send", "createAddress", "createDurableQueue")
                .rights(
                        "ticks",
                        "send",
                        "consume",
                        "createNonDurableQueue",
                        "deleteNonDurableQueue")
                .rights("activemq.management.#", MANAGEMENT);
    }

    @Override
    ArtemisSettings settings(String url) {
        return super.settings(url).withAccount("gateway", "secret");
    }

    @Test
    void aQueueIsSentToReadAndRefusedToDeadLetters() throws Exception {
        sendAndConfirm("ORDERS", "m");
        var inbox = new Inbox();
        Subscription subscription =
                session.subscribe(
                        Messages.queue("ORDERS"),
                        new SubscribeOptions(10, Acknowledgement.BY_CLIENT),
                        inbox);
        var confirmation = new Outcome();

        session.settle(
                List.of(
                        new Settlement(
                                subscription, inbox.await1(), Settlement.Outcome.DEAD_LETTER)),
                Optional.of(confirmation));

        assertThat(confirmation.awaitEnd().isConfirmed()).isTrue();
        assertThat(broker.queueNamed("DLQ").getMessageCount()).isEqualTo(1);
    }

    @Test
    void aTopicIsSentToAndRead() throws Exception {
        var inbox = new Inbox();
        session.subscribe(Messages.topic("ticks"), PREFETCH_100, inbox);
        await().until(() -> broker.topicConsumers("ticks") == 1);
        session.send(Messages.topic("ticks"), Messages.text("t"), new Outcome());

        assertThat(Inbox.text(inbox.await1())).isEqualTo("t");
    }

    @Test
    void aQueueIsMade() throws Exception {
        var outcome = new Outcome();
        session.send(
                new Target.JmsQueue("artemis", "made", Target.Creation.AUTO),
                Messages.text("m"),
                outcome);

        assertThat(outcome.awaitEnd().isConfirmed()).isTrue();
        assertThat(broker.queueNamed("made").getMessageCount()).isEqualTo(1);
    }

    @Test
    void withoutTheRightToSendNothingIsSent() throws Exception {
        var outcome = new Outcome();
        BackendFailure failure;
        try {
            session.send(Messages.queue("OTHER"), Messages.text("m"), outcome);
            failure = outcome.awaitEnd().failure();
        } catch (BackendFailure thrown) {
            failure = thrown;
        }

        assertThat(failure.kind()).isEqualTo(BackendFailure.Kind.FORBIDDEN);
    }
}
