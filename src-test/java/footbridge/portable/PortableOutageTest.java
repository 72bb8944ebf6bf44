package footbridge.portable;

import static footbridge.backend.Settlement.Outcome.ACKNOWLEDGED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.Delivery;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscription;
import footbridge.backend.Target;
import footbridge.backend.TransactedSend;
import footbridge.jms.Inbox;
import footbridge.jms.Messages;
import footbridge.jms.Outcome;
import footbridge.testbed.ClassicBroker.Cut;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortableOutageTest extends ClassicTest {

    private final Inbox inbox = new Inbox();

    @Test
    void whileTheBrokerIsAwayEverythingIsRefusedAndWhoHeldNothingGoesOn() throws Exception {
        Target ticks = Messages.topic(topic);
        var automatic = new Inbox();
        var listener = new Inbox();
        Subscription lanes = session.subscribe(queue(), byClient(5), inbox);
        session.subscribe(
                Messages.queue(queue + ".auto"), SubscribeOptions.automatic(10), automatic);
        session.subscribe(ticks, SubscribeOptions.automatic(10), listener);

        broker.stop();
        await().atMost(PATIENCE).until(() -> !backend.availability().up());

        assertThat(backend.availability().reason()).isNotEmpty();
        assertThat(
                        failureOf(() ->
                                        session.send(
                                                queue(), Messages.text("lost?"), new Outcome()))
                                .kind())
                .isEqualTo(Kind.UNAVAILABLE);
        assertThat(
                        failureOf(() ->
                                        session.commit(
                                                List.of(
                                                        new TransactedSend(
                                                                queue(), Messages.text("lost?"))),
                                                List.of()))
                                .kind())
                .isEqualTo(Kind.UNAVAILABLE);
        assertThat(failureOf(() -> session.subscribe(queue(), byClient(1), new Inbox())).kind())
                .isEqualTo(Kind.UNAVAILABLE);

        broker.start();
        await().atMost(PATIENCE).until(() -> backend.availability().up());
        await().atMost(PATIENCE).until(() -> broker.topicConsumers(topic) == 1);
        send(session, queue(), "m");
        send(session, Messages.queue(queue + ".auto"), "a");
        send(session, ticks, "t");

        Delivery delivered = take(lanes, inbox, 1).getFirst();
        settle(lanes, ACKNOWLEDGED, delivered);
        assertThat(broker.messages(queue)).isZero();
        assertThat(Inbox.text(automatic.await1())).isEqualTo("a");
        assertThat(Inbox.text(listener.await1())).isEqualTo("t");
        assertThat(inbox.ends()).isEmpty();
    }

    @Test
    void aLossTakesFromTheClientWhatItHolds() throws Exception {
        fill(2);
        Subscription subscription = session.subscribe(queue(), byClient(5), inbox);
        Delivery held = take(subscription, inbox, 2).getFirst();

        broker.stop();
        try {
            await().atMost(PATIENCE).until(() -> !inbox.ends().isEmpty());

            assertThat(inbox.ends())
                    .singleElement()
                    .satisfies(end -> assertThat(end.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN));
            assertThat(
                            failureOf(() ->
                                            session.settle(
                                                    settlements(subscription, ACKNOWLEDGED, held),
                                                    Optional.empty()))
                                    .kind())
                    .isEqualTo(Kind.OUTCOME_UNKNOWN);
        } finally {
            broker.start();
        }
    }

    /// Nobody can tell these two apart from outside, so the client hears that it is unknown.
    @ParameterizedTest
    @CsvSource({"BEFORE_THE_COMMIT, 0", "AFTER_THE_COMMIT, 2"})
    void aLinkThatIsLostInACommitLeavesTheOutcomeUnknown(Cut cut, int done) throws Exception {
        broker.cutNext(cut);
        var send = new TransactedSend(queue(), Messages.text("m"));

        BackendFailure failure = failureOf(() -> session.commit(List.of(send, send), List.of()));

        assertThat(failure.kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        await().atMost(PATIENCE).until(() -> backend.availability().up());
        assertThat(broker.messages(queue)).isEqualTo(done);
    }
}
