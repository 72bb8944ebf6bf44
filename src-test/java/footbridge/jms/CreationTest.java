package footbridge.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import footbridge.backend.Acknowledgement;
import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.BackendSession;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Target;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.JmsQueue;
import footbridge.backend.Target.JmsTopic;
import footbridge.backend.TransactedSend;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Queues and topics that are made when they are first used, each way and by many at once.
final class CreationTest extends BrokerTest {

    private static final int MANY = 20;
    private static final Target QUEUE = new JmsQueue("artemis", "made.queue", Creation.AUTO);
    private static final Target TOPIC = new JmsTopic("artemis", "made.topic", Creation.AUTO);

    @Test
    void aSubscriptionMakesItsQueue() throws Exception {
        var inbox = new Inbox();
        session.subscribe(QUEUE, PREFETCH_100, inbox);

        sendByJms("made.queue");

        assertThat(Inbox.text(inbox.await1())).isEqualTo("from a JMS client");
        assertThat(broker.queueNamed("made.queue").isDurable()).isTrue();
    }

    @Test
    void aSubscriptionWithAQueueOfItsOwnMakesItsTopic() throws Exception {
        var inbox = new Inbox();
        session.subscribe(TOPIC, new SubscribeOptions(10, Acknowledgement.BY_CLIENT), inbox);
        session.send(TOPIC, Messages.text("tick"), new Outcome());

        assertThat(Inbox.text(inbox.await1())).isEqualTo("tick");
    }

    @Test
    void aTransactionMakesWhatItSendsTo() throws Exception {
        session.commit(
                List.of(
                        new TransactedSend(QUEUE, Messages.text("kept")),
                        new TransactedSend(TOPIC, Messages.text("nobody is there"))),
                List.of());

        assertThat(receive("made.queue").getBody(String.class)).isEqualTo("kept");
    }

    @Test
    void aTransactionIsRefusedWhereATopicIsMissing() {
        BackendFailure failure =
                catchThrowableOfType(
                        BackendFailure.class,
                        () ->
                                session.commit(
                                        List.of(
                                                new TransactedSend(
                                                        Messages.queue("ORDERS"),
                                                        Messages.text("with it")),
                                                new TransactedSend(
                                                        Messages.topic("nowhere"),
                                                        Messages.text("lost"))),
                                        List.of()));

        assertThat(failure.kind()).isEqualTo(Kind.NO_SUCH_TARGET);
        assertThat(broker.queueNamed("ORDERS").getMessageCount()).isZero();
    }

    @Test
    void manyClientsMakeAQueueAtOnceAndNothingIsLost() throws Exception {
        atOnce(client -> {
            var outcome = new Outcome();
            client.send(QUEUE, Messages.text("m"), outcome);
            return outcome.awaitEnd().isConfirmed();
        });

        assertThat(broker.queueNamed("made.queue").getMessageCount()).isEqualTo(MANY);
    }

    @Test
    void manyClientsMakeATopicAtOnceAndAllOfThemHear() throws Exception {
        List<Inbox> inboxes = new ArrayList<>();
        atOnce(client -> {
            var inbox = new Inbox();
            client.subscribe(TOPIC, PREFETCH_100, inbox);
            synchronized (inboxes) {
                inboxes.add(inbox);
            }
            return true;
        });

        session.send(TOPIC, Messages.text("tick"), new Outcome());

        for (Inbox inbox : inboxes) {
            assertThat(Inbox.text(inbox.await1())).isEqualTo("tick");
        }
    }

    /// The broker itself has nothing but an internal error to say of that.
    @Test
    void whatIsThereAsTheOtherKindIsNotMadeAnew() {
        assertThat(refusal(new JmsQueue("artemis", "ticks", Creation.AUTO)))
                .hasMessage("a topic has the name of this queue");
        assertThat(refusal(new JmsTopic("artemis", "ORDERS", Creation.AUTO)))
                .hasMessage("a queue has the name of this topic");
    }

    private BackendFailure refusal(Target target) {
        return catchThrowableOfType(
                BackendFailure.class,
                () -> session.send(target, Messages.text("m"), new Outcome()));
    }

    private void sendByJms(String queue) {
        try (var jms = jms()) {
            jms.createProducer().send(jms.createQueue(queue), "from a JMS client");
        }
    }

    /// Has as many clients as there are do the same in the same moment.
    private void atOnce(Doing doing) throws Exception {
        var start = new CountDownLatch(1);
        List<Future<Boolean>> done = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < MANY; i++) {
                BackendSession client = backend.open();
                Callable<Boolean> task =
                        () -> {
                            start.await();
                            return doing.by(client);
                        };
                done.add(threads.submit(task));
            }
            start.countDown();
            for (Future<Boolean> each : done) {
                assertThat(each.get()).isTrue();
            }
        }
    }

    private interface Doing {
        boolean by(BackendSession client) throws Exception;
    }
}
