package footbridge.portable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Selection;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscription;
import footbridge.backend.Target;
import footbridge.jms.Inbox;
import footbridge.jms.Messages;
import footbridge.jms.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AutomaticTest extends ClassicTest {

    private static final SubscribeOptions AUTO = SubscribeOptions.automatic(100);

    private final Inbox inbox = new Inbox();

    @Test
    void aQueueIsReadInOrderAndForgottenWhenTheSocketHasIt() throws Exception {
        fill(250);
        Subscription subscription = session.subscribe(queue(), AUTO, inbox);

        for (int n = 0; n < 250; n++) {
            subscription.accepted(inbox.awaitCount(n + 1).get(n));
        }

        awaitMessages(queue, 0);
        assertThat(inbox.texts())
                .isEqualTo(IntStream.range(0, 250).mapToObj(n -> "m" + n).toList());
    }

    @Test
    void whatTheSocketDidNotTakeComesAgainAndIsMarked() throws Exception {
        fill(2);
        session.subscribe(queue(), AUTO, inbox);
        inbox.awaitCount(2);

        session.abandon();

        assertThat(broker.messages(queue)).isEqualTo(2);
        var next = new Inbox();
        BackendSession other = backend.open();
        Subscription subscription = other.subscribe(queue(), AUTO, next);
        take(subscription, next, 2);
        awaitMessages(queue, 0);
        assertThat(next.texts()).containsExactly("m0", "m1");
        assertThat(next.await1().message().headers()).containsEntry("redelivered", "true");
        other.close();
    }

    @Test
    void whatTheSocketTookDoesNotComeAgainAfterUnsubscribe() throws Exception {
        for (int round = 0; round < 20; round++) {
            var each = new Inbox();
            send(session, queue(), "round " + round);
            Subscription subscription = session.subscribe(queue(), AUTO, each);
            subscription.accepted(each.await1());

            subscription.close();

            assertThat(each.texts()).containsExactly("round " + round);
            assertThat(broker.messages(queue)).as("after round " + round).isZero();
        }
    }

    @Test
    void theBrokerAppliesSelectorsAndSubscribersWithEqualOnesShareAConsumer() throws Exception {
        Target target = Messages.topic(topic);
        for (String region : List.of("eu", "eu", "us")) {
            session.subscribe(target, selecting("region = '" + region + "'"), new Inbox());
        }
        session.subscribe(queue(), selecting("region = 'eu'"), inbox);

        for (String region : List.of("us", "eu")) {
            session.send(queue(), Messages.text(region, Map.of("region", region)), new Outcome());
        }

        assertThat(Inbox.text(inbox.await1())).isEqualTo("eu");
        assertThat(broker.topicConsumers(topic)).isEqualTo(2);
        assertThat(broker.messages(queue)).isEqualTo(2);
    }

    @Test
    void whatASharedConnectionCannotDoIsRefused() {
        assertThat(kindOf(selecting("region ="))).isEqualTo(BackendFailure.Kind.INVALID_SELECTOR);
        for (Selection selection :
                List.of(
                        new Selection(Optional.empty(), true, false, Optional.empty()),
                        new Selection(Optional.empty(), false, true, Optional.empty()),
                        new Selection(
                                Optional.empty(),
                                false,
                                false,
                                Optional.of(new Selection.Durable("c", "n"))),
                        selecting("\"content-type\" = 'a'").selection())) {
            assertThat(kindOf(new SubscribeOptions(1, AUTO.acknowledgement(), selection)))
                    .isEqualTo(BackendFailure.Kind.UNSUPPORTED);
        }
    }

    private BackendFailure.Kind kindOf(SubscribeOptions options) {
        return failureOf(() -> session.subscribe(Messages.topic(topic), options, inbox)).kind();
    }

    private static SubscribeOptions selecting(String selector) {
        return new SubscribeOptions(
                10,
                AUTO.acknowledgement(),
                new Selection(Optional.of(selector), false, false, Optional.empty()));
    }

    @Test
    void theSubscribersOfATopicShareOneConsumer() throws Exception {
        Target target = Messages.topic(topic);
        List<Inbox> inboxes = List.of(new Inbox(), new Inbox(), new Inbox());
        BackendSession other = backend.open();
        for (Inbox each : inboxes) {
            other.subscribe(target, AUTO, each);
        }
        Subscription leaving = session.subscribe(target, AUTO, inbox);

        send(session, target, "one");
        inbox.await1();
        leaving.close();
        send(session, target, "two");

        inboxes.forEach(each -> each.awaitCount(2));
        assertThat(inboxes)
                .allSatisfy(each -> assertThat(each.texts()).containsExactly("one", "two"));
        assertThat(inbox.texts()).containsExactly("one");
        assertThat(broker.topicConsumers(topic)).isEqualTo(1);
        other.close();
        await().atMost(PATIENCE).until(() -> broker.topicConsumers(topic) == 0);
    }
}
