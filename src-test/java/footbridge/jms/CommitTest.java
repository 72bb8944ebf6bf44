package footbridge.jms;

import static footbridge.backend.Settlement.Outcome.ACKNOWLEDGED;
import static footbridge.backend.Settlement.Outcome.DEAD_LETTER;
import static footbridge.backend.Settlement.Outcome.REDELIVER;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.Delivery;
import footbridge.backend.Subscription;
import footbridge.backend.Target;
import footbridge.backend.TransactedSend;
import footbridge.testbed.ArtemisBroker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.junit.jupiter.api.Test;

final class CommitTest extends ClientAckTest {

    @Override
    ArtemisBroker.Builder prepare(ArtemisBroker.Builder builder) {
        return super.prepare(builder)
                .queues("OUT", "SMALL")
                .addresses(
                        "SMALL",
                        address ->
                                address.setMaxSizeBytes(5_000)
                                        .setAddressFullMessagePolicy(
                                                AddressFullMessagePolicy.FAIL));
    }

    @Test
    void sendsAndAcksOverTwoQueuesAreOneStep() throws Exception {
        fill("ORDERS", 3);
        fill("OTHER", 3);
        Subscription orders = subscribe("ORDERS", 10);
        var otherInbox = new Inbox();
        Subscription other = subscribe(session, Messages.queue("OTHER"), 10, otherInbox);
        List<Delivery> taken = take(orders, 3);
        Delivery second = otherInbox.awaitCount(3).get(1);
        other.accepted(second);

        session.commit(
                sends("OUT", 3),
                all(
                        List.of(
                                settlements(orders, ACKNOWLEDGED, taken.get(2)),
                                settlements(other, ACKNOWLEDGED, second))));

        assertThat(messages("OUT")).isEqualTo(3);
        assertThat(messages("ORDERS")).isEqualTo(2);
        assertThat(messages("OTHER")).isEqualTo(2);
        assertThat(broker.queueNamed("ORDERS").getDeliveringCount()).isEqualTo(2);
        broker.kill();
        broker.start();
        assertThat(messages("OUT")).isEqualTo(3);
        assertThat(messages("ORDERS")).isEqualTo(2);
        assertThat(messages("OTHER")).isEqualTo(2);
    }

    @Test
    void whatIsLeftOutStaysHeldAndCanBeAckedLater() throws Exception {
        fill("ORDERS", 3);
        Subscription orders = subscribe("ORDERS", 10);
        List<Delivery> taken = take(orders, 3);

        session.commit(List.of(), settlements(orders, ACKNOWLEDGED, taken.get(1)));

        settleAndConfirm(orders, ACKNOWLEDGED, taken.get(0), taken.get(2));
        assertThat(messages("ORDERS")).isZero();
        staysAt(3);
    }

    @Test
    void aCommitFollowsTheSendsBeforeIt() throws Exception {
        for (int round = 0; round < 20; round++) {
            for (int n = 0; n < 50; n++) {
                session.send(Messages.queue("OUT"), Messages.text("plain"), new Outcome());
            }
            session.commit(sends("OUT", 1), List.of());
        }
        List<String> plainThenTransacted =
                Stream.concat(IntStream.range(0, 50).mapToObj(_ -> "plain"), Stream.of("out0"))
                        .toList();

        List<String> found = textsIn("OUT", 20 * 51);

        for (int round = 0; round < 20; round++) {
            assertThat(found.subList(round * 51, (round + 1) * 51)).isEqualTo(plainThenTransacted);
        }
    }

    @Test
    void aNackInATransactionIsARedeliveryAfterIt() throws Exception {
        fill("ORDERS", 3);
        Subscription orders = subscribe("ORDERS", 10);
        List<Delivery> taken = take(orders, 3);

        session.commit(
                sends("OUT", 1),
                all(
                        List.of(
                                settlements(orders, ACKNOWLEDGED, taken.get(0)),
                                settlements(orders, REDELIVER, taken.get(1)),
                                settlements(orders, DEAD_LETTER, taken.get(2)))));

        assertThat(messages("OUT")).isEqualTo(1);
        assertThat(messages("DLQ")).isEqualTo(1);
        assertThat(messages("ORDERS")).isEqualTo(1);
        Delivery again = take(orders, 4).getLast();
        assertThat(Inbox.text(again)).isEqualTo("m1");
        assertThat(count(again)).contains("2");
    }

    @Test
    void aFullAddressUndoesEverything() throws Exception {
        fill("OTHER", 2);
        Subscription other = subscribe("OTHER", 10);
        List<Delivery> taken = take(other, 2);
        List<TransactedSend> sends =
                Stream.concat(sends("OUT", 2).stream(), sends("SMALL", 100).stream()).toList();

        BackendFailure failure =
                failureOf(() ->
                        session.commit(sends, settlements(other, ACKNOWLEDGED, taken.get(0))));

        assertThat(failure.kind()).isEqualTo(Kind.FULL);
        assertThat(failure).hasMessageContaining("nothing was done");
        assertThat(messages("OUT")).isZero();
        assertThat(messages("SMALL")).isZero();
        assertThat(messages("OTHER")).isEqualTo(2);
        assertThat(Inbox.text(inbox.awaitCount(3).getLast())).isEqualTo("m0");
        settleAndConfirm(other, ACKNOWLEDGED, taken.get(1));
        session.commit(sends("OUT", 1), List.of());
    }

    @Test
    void aMissingQueueRefusesEverything() throws Exception {
        fill("OTHER", 1);
        Subscription other = subscribe("OTHER", 10);
        Delivery taken = take(other, 1).getFirst();

        BackendFailure failure =
                failureOf(() ->
                        session.commit(
                                Stream.concat(
                                                sends("OUT", 2).stream(),
                                                sends("NOWHERE", 1).stream())
                                        .toList(),
                                settlements(other, ACKNOWLEDGED, taken)));

        assertThat(failure.kind()).isEqualTo(Kind.NO_SUCH_TARGET);
        assertThat(messages("OUT")).isZero();
        assertThat(broker.queueNamed("OTHER").getDeliveringCount()).isEqualTo(1);
        settleAndConfirm(other, ACKNOWLEDGED, taken);
    }

    @Test
    void aMessageThatCannotBeMadeRefusesEverything() throws Exception {
        var bad =
                new TransactedSend(
                        Messages.queue("OUT"), Messages.text("m", Map.of("priority", "much")));

        BackendFailure failure =
                failureOf(
                        () -> session.commit(List.of(sends("OUT", 1).getFirst(), bad), List.of()));

        assertThat(failure.kind()).isEqualTo(Kind.INVALID_HEADER);
        assertThat(messages("OUT")).isZero();
    }

    @Test
    void anEarlierSendThatFailsKeepsTheTransactionBack() throws Exception {
        for (int n = 0; n < 200; n++) {
            sendAsFarAsPossible("SMALL");
        }

        BackendFailure failure = failureOf(() -> session.commit(sends("OUT", 1), List.of()));

        assertThat(failure.kind()).isEqualTo(Kind.FULL);
        assertThat(failure).hasMessageContaining("earlier message");
        assertThat(messages("OUT")).isZero();
    }

    @Test
    void largeAndTopicMessagesTakePart() throws Exception {
        String large = "x".repeat(400_000);
        var ticks = new Inbox();
        backend.open().subscribe(Messages.topic("ticks"), PREFETCH_100, ticks);

        session.commit(
                List.of(
                        new TransactedSend(Messages.topic("ticks"), Messages.text("tick")),
                        new TransactedSend(Messages.queue("OUT"), Messages.text(large))),
                List.of());

        assertThat(Inbox.text(ticks.await1())).isEqualTo("tick");
        assertThat(receive("OUT").getBody(String.class)).isEqualTo(large);
    }

    @Test
    void anEmptyTransactionIsDone() throws Exception {
        session.commit(List.of(), List.of());
        session.settle(List.of(), Optional.empty());
        settleAndConfirm(subscribe("ORDERS", 1), ACKNOWLEDGED);
    }

    @Test
    void aKafkaTargetIsNotSupported() {
        var target = new Target.KafkaTopic("kafka", "t", Optional.empty(), Target.Creation.NEVER);

        assertThat(
                        failureOf(() ->
                                        session.commit(
                                                List.of(
                                                        new TransactedSend(
                                                                target, Messages.text("m"))),
                                                List.of()))
                                .kind())
                .isEqualTo(Kind.UNSUPPORTED);
    }

    private void sendAsFarAsPossible(String queue) throws InterruptedException {
        try {
            session.send(Messages.queue(queue), Messages.text("x".repeat(100)), new Outcome());
        } catch (BackendFailure e) {
            assertThat(e.kind()).isEqualTo(Kind.FULL);
        }
    }

    static List<TransactedSend> sends(String queue, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> new TransactedSend(Messages.queue(queue), Messages.text("out" + n)))
                .toList();
    }
}
