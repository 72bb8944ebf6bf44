package footbridge.portable;

import static footbridge.backend.Settlement.Outcome.ACKNOWLEDGED;
import static footbridge.backend.Settlement.Outcome.DEAD_LETTER;
import static footbridge.backend.Settlement.Outcome.DISCARD;
import static footbridge.backend.Settlement.Outcome.REDELIVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.BackendSession;
import footbridge.backend.Delivery;
import footbridge.backend.Subscription;
import footbridge.jms.Inbox;
import footbridge.jms.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaneSubscriptionTest extends ClassicTest {

    private final Inbox inbox = new Inbox();

    @Test
    void anAckIsForItsMessageAloneInAnyOrder() throws Exception {
        fill(5);
        Subscription subscription = session.subscribe(queue(), byClient(5), inbox);
        List<Delivery> taken = take(subscription, inbox, 5);

        settle(subscription, ACKNOWLEDGED, taken.get(3));
        settle(subscription, DISCARD, taken.get(1));

        assertThat(broker.messages(queue)).isEqualTo(3);
        subscription.close();
        assertThat(texts(3)).containsExactlyInAnyOrder("m0", "m2", "m4");
    }

    @Test
    void messagesComeInTheOrderOfTheQueueAndNoMoreThanThereAreLanes() throws Exception {
        int messages = 40;
        fill(messages);
        Subscription subscription = session.subscribe(queue(), byClient(100), inbox);
        take(subscription, inbox, 5);
        assertThat(broker.messages(queue)).isEqualTo(messages);
        assertThat(inbox.deliveries()).hasSize(5);

        for (int n = 0; n < messages; n++) {
            settle(subscription, ACKNOWLEDGED, take(subscription, inbox, n + 1).getLast());
        }

        assertThat(inbox.texts())
                .isEqualTo(IntStream.range(0, messages).mapToObj(n -> "m" + n).toList());
        assertThat(broker.messages(queue)).isZero();
        assertThat(broker.queueConsumers(queue)).isLessThanOrEqualTo(5);
    }

    @Test
    void theOneLaneOfAPrefetchOfOneHoldsOneMessage() throws Exception {
        fill(3);
        Subscription subscription = session.subscribe(queue(), byClient(1), inbox);
        take(subscription, inbox, 1);

        var other = new Inbox();
        BackendSession second = backend.open();
        Subscription theRest = second.subscribe(queue(), byClient(5), other);
        take(theRest, other, 2);

        assertThat(inbox.texts()).containsExactly("m0");
        assertThat(other.texts()).containsExactly("m1", "m2");
        second.close();
    }

    @Test
    void aNackedMessageComesBackCountedAndTheOthersStay() throws Exception {
        fill(4);
        Subscription subscription = session.subscribe(queue(), byClient(5), inbox);
        List<Delivery> taken = take(subscription, inbox, 4);
        assertThat(taken.get(1).message().headers()).doesNotContainKey("redelivered");

        settle(subscription, REDELIVER, taken.get(1));

        Delivery again = take(subscription, inbox, 5).getLast();
        assertThat(Inbox.text(again)).isEqualTo("m1");
        assertThat(again.message().headers())
                .containsEntry("redelivered", "true")
                .containsEntry("delivery-count", "2");
        settle(subscription, ACKNOWLEDGED, taken.get(0), taken.get(2), again, taken.get(3));
        assertThat(broker.messages(queue)).isZero();
    }

    @Test
    void whatIsNackedAgainAndAgainEndsWhereTheProviderPutsItAndHoldsUpNothing() throws Exception {
        fill(1);
        Subscription subscription = session.subscribe(queue(), byClient(5), inbox);

        for (int n = 1; n <= 4; n++) {
            settle(subscription, REDELIVER, take(subscription, inbox, n).getLast());
        }
        awaitMessages(queue, 0);
        for (int n = 0; n < 20; n++) {
            send(session, queue(), "after");
            settle(subscription, ACKNOWLEDGED, take(subscription, inbox, 5 + n).getLast());
        }

        assertThat(receive("ActiveMQ.DLQ").getBody(String.class)).isEqualTo("m0");
    }

    @Test
    void manyNacksLeaveNoMessageBehind() throws Exception {
        fill(20);
        Subscription subscription = session.subscribe(queue(), byClient(5), inbox);
        List<String> settled = new ArrayList<>();

        for (int n = 0; settled.size() < 20; n++) {
            Delivery next = take(subscription, inbox, n + 1).getLast();
            if (next.message().headers().containsKey("redelivered")) {
                settle(subscription, ACKNOWLEDGED, next);
                settled.add(Inbox.text(next));
            } else {
                settle(subscription, REDELIVER, next);
            }
        }

        assertThat(settled)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 20).mapToObj(n -> "m" + n).toList());
        awaitMessages(queue, 0);
    }

    @Test
    void whatAClientDidNotSettleIsBackWhenItIsGone() throws Exception {
        fill(3);
        Subscription subscription = session.subscribe(queue(), byClient(5), inbox);
        settle(subscription, ACKNOWLEDGED, take(subscription, inbox, 3).getFirst());

        session.abandon();

        assertThat(texts(2)).containsExactlyInAnyOrder("m1", "m2");
        assertThat(
                        failureOf(() ->
                                session.settle(
                                        settlements(
                                                subscription,
                                                ACKNOWLEDGED,
                                                inbox.deliveries().get(1)),
                                        Optional.empty())))
                .isNotNull();
    }

    @Test
    void aMessageIsSettledOnce() throws Exception {
        fill(1);
        Subscription subscription = session.subscribe(queue(), byClient(5), inbox);
        Delivery only = take(subscription, inbox, 1).getFirst();
        settle(subscription, ACKNOWLEDGED, only);

        assertThat(failureOf(() -> settle(subscription, ACKNOWLEDGED, only)).kind())
                .isEqualTo(Kind.REFUSED);
    }

    @Test
    void deadLetteringByTheRuleIsRefusedAndNothingIsDone() throws Exception {
        fill(1);
        Subscription subscription = session.subscribe(queue(), byClient(5), inbox);
        Delivery only = take(subscription, inbox, 1).getFirst();

        assertThat(failureOf(() -> settle(subscription, DEAD_LETTER, only)).kind())
                .isEqualTo(Kind.UNSUPPORTED);

        settle(subscription, ACKNOWLEDGED, only);
        assertThat(broker.messages(queue)).isZero();
    }

    @Test
    void aTopicHasOneLaneAndIsExactToo() throws Exception {
        var target = Messages.topic(topic);
        Subscription subscription = session.subscribe(target, byClient(5), inbox);
        for (int n = 0; n < 3; n++) {
            send(session, target, "t" + n);
        }
        Delivery first = take(subscription, inbox, 1).getFirst();

        settle(subscription, REDELIVER, first);
        Delivery again = take(subscription, inbox, 2).getLast();
        settle(subscription, ACKNOWLEDGED, again);
        settle(subscription, ACKNOWLEDGED, take(subscription, inbox, 3).getLast());
        settle(subscription, ACKNOWLEDGED, take(subscription, inbox, 4).getLast());

        assertThat(inbox.texts()).containsExactly("t0", "t0", "t1", "t2");
        assertThat(again.message().headers()).containsEntry("redelivered", "true");
        subscription.close();
        await().atMost(PATIENCE).until(() -> broker.topicConsumers(topic) == 0);
    }

    @Test
    void aProviderThatReadsAheadIsNotTrustedWithSettlements() throws Exception {
        for (String prefetch : List.of("1", "1000")) {
            try (PortableBackend ahead =
                    new PortableBackend(
                            settings(broker.url("jms.prefetchPolicy.all=" + prefetch)))) {
                await().atMost(PATIENCE).until(() -> ahead.availability().up());
                BackendSession reading = ahead.open();

                assertThat(failureOf(() -> reading.subscribe(queue(), byClient(5), inbox)).kind())
                        .as("prefetch " + prefetch)
                        .isEqualTo(Kind.UNSUPPORTED);
                send(reading, queue(), "the rest works");
                reading.close();
            }
        }
        assertThat(broker.messages(queue)).isEqualTo(2);
    }

    @Test
    void aMapIsReadAsJson() throws Exception {
        try (var plain = plain()) {
            var map = plain.createMapMessage();
            map.setString("name", "ann");
            map.setInt("age", 7);
            map.setJMSReplyTo(plain.createQueue("answers"));
            plain.createProducer().send(plain.createQueue(queue), map);
        }

        session.subscribe(queue(), byClient(1), inbox);

        assertThat(Inbox.text(inbox.await1()))
                .isIn("{\"name\":\"ann\",\"age\":7}", "{\"age\":7,\"name\":\"ann\"}");
        assertThat(inbox.await1().message().headers())
                .containsEntry("content-type", "application/json");
        assertThat(inbox.await1().message().replyTo()).contains(Messages.queue("answers"));
    }

    private List<String> texts(int count) throws Exception {
        List<String> texts = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            texts.add(receive(queue).getBody(String.class));
        }
        return texts;
    }
}
