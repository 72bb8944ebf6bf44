package footbridge.portable;

import static footbridge.backend.Settlement.Outcome.ACKNOWLEDGED;
import static footbridge.backend.Settlement.Outcome.REDELIVER;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.Delivery;
import footbridge.backend.Subscription;
import footbridge.backend.TransactedSend;
import footbridge.jms.Inbox;
import footbridge.jms.Messages;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortableTransactionTest extends ClassicTest {

    private final Inbox inbox = new Inbox();

    @Test
    void sendsToSeveralTargetsAreOneStep() throws Exception {
        session.commit(List.of(to(queue), to(queue + ".b"), to(queue)), List.of());

        assertThat(broker.messages(queue)).isEqualTo(2);
        assertThat(broker.messages(queue + ".b")).isEqualTo(1);
    }

    @Test
    void aSendThatIsRefusedTakesTheOthersWithIt() throws Exception {
        fill(1);
        var bad = new TransactedSend(queue(), Messages.text("x", Map.of("priority", "urgent")));

        assertThat(failureOf(() -> session.commit(List.of(to(queue), bad), List.of())))
                .hasMessageContaining("nothing was done");

        assertThat(broker.messages(queue)).isEqualTo(1);
    }

    @Test
    void oneAckAndSendsAreOneStep() throws Exception {
        fill(2);
        Subscription subscription = session.subscribe(queue(), byClient(5), inbox);
        List<Delivery> taken = take(subscription, inbox, 2);

        session.commit(
                List.of(to(queue + ".b"), to(queue + ".b")),
                settlements(subscription, ACKNOWLEDGED, taken.get(1)));

        assertThat(broker.messages(queue)).isEqualTo(1);
        assertThat(broker.messages(queue + ".b")).isEqualTo(2);
        settle(subscription, ACKNOWLEDGED, taken.get(0));
        assertThat(broker.messages(queue)).isZero();
    }

    @Test
    void anAckWhoseTransactionFailsIsNoAck() throws Exception {
        fill(1);
        Subscription subscription = session.subscribe(queue(), byClient(5), inbox);
        Delivery only = take(subscription, inbox, 1).getFirst();
        var bad = new TransactedSend(queue(), Messages.text("x", Map.of("duplicate-id", "1")));

        assertThat(
                        failureOf(() ->
                                        session.commit(
                                                List.of(to(queue + ".b"), bad),
                                                settlements(subscription, ACKNOWLEDGED, only)))
                                .kind())
                .isEqualTo(Kind.UNSUPPORTED);

        assertThat(Inbox.text(take(subscription, inbox, 2).getLast())).isEqualTo("m0");
        assertThat(broker.messages(queue)).isEqualTo(1);
        session.close();
        assertThat(receive(queue).getJMSRedelivered()).isTrue();
    }

    @Test
    void twoAcksOrANackAreRefusedAndNothingIsDone() throws Exception {
        fill(2);
        Subscription subscription = session.subscribe(queue(), byClient(5), inbox);
        Delivery[] both = take(subscription, inbox, 2).toArray(Delivery[]::new);

        assertThat(
                        failureOf(() ->
                                        session.commit(
                                                List.of(),
                                                settlements(subscription, ACKNOWLEDGED, both)))
                                .kind())
                .isEqualTo(Kind.UNSUPPORTED);
        assertThat(
                        failureOf(() ->
                                        session.commit(
                                                List.of(to(queue)),
                                                settlements(subscription, REDELIVER, both[0])))
                                .kind())
                .isEqualTo(Kind.UNSUPPORTED);

        assertThat(broker.messages(queue)).isEqualTo(2);
        settle(subscription, ACKNOWLEDGED, both);
        assertThat(broker.messages(queue)).isZero();
    }

    private static TransactedSend to(String queue) {
        return new TransactedSend(Messages.queue(queue), Messages.text("sent"));
    }
}
