package footbridge.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.Message;
import footbridge.backend.Target;
import footbridge.backend.TransactedSend;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Messages that are sent again with the same `duplicate-id`.
final class DuplicateTest extends BrokerTest {

    @Test
    void aRepetitionIsConfirmedAndStoredOnce() throws Exception {
        send(Messages.queue("ORDERS"), repeated("a"));
        send(Messages.queue("ORDERS"), repeated("a"));
        send(Messages.queue("ORDERS"), repeated("b"));

        assertThat(broker.queueNamed("ORDERS").getMessageCount()).isEqualTo(2);
    }

    @Test
    void theIdIsKnownToEveryClientAndAfterACrash() throws Exception {
        send(Messages.queue("ORDERS"), repeated("a"));
        broker.kill();
        broker.start();
        awaitUp();
        session = backend.open();

        send(Messages.queue("ORDERS"), repeated("a"));

        assertThat(broker.queueNamed("ORDERS").getMessageCount()).isEqualTo(1);
    }

    @Test
    void aTopicForwardsARepetitionOnce() throws Exception {
        var inbox = new Inbox();
        session.subscribe(Messages.topic("ticks"), PREFETCH_100, inbox);
        send(Messages.topic("ticks"), repeated("a"));
        send(Messages.topic("ticks"), repeated("a"));
        send(Messages.topic("ticks"), Messages.text("last"));

        assertThat(inbox.awaitCount(2)).extracting(Inbox::text).containsExactly("a", "last");
    }

    @Test
    void aTransactionWithARepetitionIsNotDoneAtAllAndSaysWhy() throws Exception {
        send(Messages.queue("ORDERS"), repeated("a"));

        BackendFailure failure =
                catchThrowableOfType(
                        BackendFailure.class,
                        () ->
                                session.commit(
                                        List.of(
                                                transacted("OTHER", Messages.text("with it")),
                                                transacted("ORDERS", repeated("a"))),
                                        List.of()));

        assertThat(failure.kind()).isEqualTo(Kind.DUPLICATE);
        assertThat(failure).hasMessageContaining("nothing was done");
        assertThat(broker.queueNamed("OTHER").getMessageCount()).isZero();
        assertThat(broker.queueNamed("ORDERS").getMessageCount()).isEqualTo(1);
    }

    @Test
    void whatARefusedTransactionHeldCanBeSentAgain() throws Exception {
        send(Messages.queue("ORDERS"), repeated("a"));
        assertThat(
                        catchThrowableOfType(
                                        BackendFailure.class,
                                        () ->
                                                session.commit(
                                                        List.of(
                                                                transacted("OTHER", repeated("b")),
                                                                transacted(
                                                                        "ORDERS", repeated("a"))),
                                                        List.of()))
                                .kind())
                .isEqualTo(Kind.DUPLICATE);

        session.commit(List.of(transacted("OTHER", repeated("b"))), List.of());

        assertThat(broker.queueNamed("OTHER").getMessageCount()).isEqualTo(1);
    }

    @Test
    void theIdArrivesWithTheMessage() throws Exception {
        var inbox = new Inbox();
        session.subscribe(Messages.queue("ORDERS"), PREFETCH_100, inbox);
        send(Messages.queue("ORDERS"), repeated("a"));

        assertThat(inbox.await1().message().headers()).containsEntry("duplicate-id", "a");
    }

    @Test
    void anEmptyIdIsNone() {
        BackendFailure failure =
                catchThrowableOfType(
                        BackendFailure.class, () -> send(Messages.queue("ORDERS"), repeated("")));

        assertThat(failure.kind()).isEqualTo(Kind.INVALID_HEADER);
        assertThat(failure).hasMessageContaining("duplicate-id");
    }

    private void send(Target target, Message message) throws Exception {
        var outcome = new Outcome();
        session.send(target, message, outcome);
        assertThat(outcome.awaitEnd().isConfirmed()).isTrue();
    }

    private static TransactedSend transacted(String queue, Message message) {
        return new TransactedSend(Messages.queue(queue), message);
    }

    private static Message repeated(String id) {
        return Messages.text(id, Map.of("duplicate-id", id));
    }
}
