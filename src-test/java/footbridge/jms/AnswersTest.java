package footbridge.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.Message;
import footbridge.backend.Target;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.JmsQueue;
import footbridge.backend.Target.JmsTemporaryQueue;
import footbridge.backend.TransactedSend;
import jakarta.jms.JMSContext;
import jakarta.jms.TemporaryQueue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.junit.jupiter.api.Test;

/// Questions and answers with plain Jakarta Messaging clients on the other side.
final class AnswersTest extends BrokerTest {

    private static final Target MINE = new JmsTemporaryQueue("artemis", "answers", true);
    private static final long RECEIVE_MS = 10_000;

    @Test
    void aJmsServiceAnswersIntoOurTemporaryQueue() throws Exception {
        var inbox = new Inbox();
        session.subscribe(MINE, PREFETCH_100, inbox);
        ask("ORDERS", MINE);

        answerOne("ORDERS");

        Message answer = inbox.await1().message();
        assertThat(Inbox.text(inbox.await1())).isEqualTo("answer to question");
        assertThat(answer.headers()).containsEntry("correlation-id", "c-1");
    }

    @Test
    void anAnswerThatComesBeforeTheSubscriptionWaits() throws Exception {
        ask("ORDERS", MINE);
        answerOne("ORDERS");

        var inbox = new Inbox();
        session.subscribe(MINE, PREFETCH_100, inbox);

        assertThat(Inbox.text(inbox.await1())).isEqualTo("answer to question");
    }

    @Test
    void aTransactedQuestionIsAnswered() throws Exception {
        var inbox = new Inbox();
        session.subscribe(MINE, PREFETCH_100, inbox);
        session.commit(
                List.of(new TransactedSend(Messages.queue("ORDERS"), question(MINE))), List.of());

        answerOne("ORDERS");

        assertThat(Inbox.text(inbox.await1())).isEqualTo("answer to question");
    }

    @Test
    void anAnswerMayGoToAnOrdinaryQueue() throws Exception {
        ask("ORDERS", Messages.queue("OTHER"));

        answerOne("ORDERS");

        assertThat(receive("OTHER").getBody(String.class)).isEqualTo("answer to question");
    }

    @Test
    void whereNoAnswerCanGoNothingIsAsked() {
        BackendFailure failure =
                catchThrowableOfType(
                        BackendFailure.class, () -> ask("ORDERS", Messages.queue("NOWHERE")));

        assertThat(failure.kind()).isEqualTo(Kind.NO_SUCH_TARGET);
        assertThat(broker.queueNamed("ORDERS").getMessageCount()).isZero();
    }

    @Test
    void aQueueForAnswersIsMadeWhereTheRuleSaysSo() throws Exception {
        ask("ORDERS", new JmsQueue("artemis", "MADE", Creation.AUTO));

        answerOne("ORDERS");

        assertThat(receive("MADE").getBody(String.class)).isEqualTo("answer to question");
    }

    @Test
    void aJmsClientThatAsksIsAnswered() throws Exception {
        var inbox = new Inbox();
        session.subscribe(Messages.queue("ORDERS"), PREFETCH_100, inbox);
        try (JMSContext jms = jms()) {
            TemporaryQueue answers = jms.createTemporaryQueue();
            var question = jms.createTextMessage("question");
            question.setJMSReplyTo(answers);
            jms.createProducer().send(jms.createQueue("ORDERS"), question);

            Message received = inbox.await1().message();
            assertThat(received.headers())
                    .containsEntry("JMSMessageID", question.getJMSMessageID());
            assertThat(received.headers()).doesNotContainKey("reply-to");
            session.send(
                    received.replyTo().orElseThrow(),
                    Messages.text("answer", Map.of("correlation-id", question.getJMSMessageID())),
                    new Outcome());

            var answer = jms.createConsumer(answers).receive(RECEIVE_MS);
            assertThat(answer.getBody(String.class)).isEqualTo("answer");
            assertThat(answer.getJMSCorrelationID()).isEqualTo(question.getJMSMessageID());
        }
    }

    @Test
    void theQueueOrTopicThatAJmsClientNamesIsUnderstood() throws Exception {
        var inbox = new Inbox();
        session.subscribe(Messages.queue("ORDERS"), PREFETCH_100, inbox);
        try (JMSContext jms = jms()) {
            var producer = jms.createProducer();
            producer.setJMSReplyTo(jms.createQueue("OTHER"));
            producer.send(jms.createQueue("ORDERS"), "a");
            producer.setJMSReplyTo(jms.createTopic("ticks"));
            producer.send(jms.createQueue("ORDERS"), "b");
            producer.setJMSReplyTo(jms.createTemporaryTopic());
            producer.send(jms.createQueue("ORDERS"), "c");
        }

        assertThat(inbox.awaitCount(3))
                .extracting(delivery -> delivery.message().replyTo())
                .containsExactly(
                        Optional.of(Messages.queue("OTHER")),
                        Optional.of(Messages.topic("ticks")),
                        Optional.empty());
    }

    @Test
    void whoeverAskedAndWentAwayIsNotAnswered() throws Exception {
        String gone;
        try (JMSContext jms = jms()) {
            gone = jms.createTemporaryQueue().getQueueName();
        }
        await().until(() -> broker.server().locateQueue(gone) == null);

        assertThat(refusal(new JmsTemporaryQueue("artemis", gone, false)).kind())
                .isEqualTo(Kind.NO_SUCH_TARGET);
    }

    @Test
    void aQueueThatIsNotTemporaryCannotPassForOne() {
        for (String name : List.of("ORDERS", "activemq.management", "x::ORDERS", "$sys.x", "")) {
            assertThat(refusal(new JmsTemporaryQueue("artemis", name, false)).kind())
                    .isEqualTo(Kind.NO_SUCH_TARGET);
        }
    }

    @Test
    void theTemporaryQueueGoesWithItsClient() throws Exception {
        var inbox = new Inbox();
        session.subscribe(MINE, PREFETCH_100, inbox);
        session.send(MINE, Messages.text("to myself"), new Outcome());
        inbox.await1();
        assertThat(temporaryQueues()).hasSize(1);

        session.close();

        assertThat(temporaryQueues()).isEmpty();
        assertThat(broker.server().getPostOffice().getAddresses())
                .extracting(SimpleString::toString)
                .noneMatch(address -> address.startsWith("footbridge."));
        assertThat(inbox.ends()).isEmpty();
    }

    @Test
    void aLostLinkTakesTheQueueAndTheClientIsTold() throws Exception {
        var inbox = new Inbox();
        session.subscribe(MINE, PREFETCH_100, inbox);

        broker.cutLinks();

        await().until(() -> !inbox.ends().isEmpty());
        assertThat(inbox.ends().getFirst().kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
        awaitUp();
        assertThat(refusal(MINE).kind()).isEqualTo(Kind.OUTCOME_UNKNOWN);
    }

    private List<String> temporaryQueues() {
        return Arrays.stream(broker.server().getActiveMQServerControl().getQueueNames())
                .filter(name -> name.startsWith("footbridge."))
                .toList();
    }

    private BackendFailure refusal(Target target) {
        return catchThrowableOfType(
                BackendFailure.class,
                () -> session.send(target, Messages.text("answer"), new Outcome()));
    }

    private void ask(String queue, Target replyTo) throws Exception {
        var outcome = new Outcome();
        session.send(Messages.queue(queue), question(replyTo), outcome);
        assertThat(outcome.awaitEnd().isConfirmed()).isTrue();
    }

    private static Message question(Target replyTo) {
        return new Message(
                Map.of("correlation-id", "c-1"),
                ByteBuffer.wrap("question".getBytes(StandardCharsets.UTF_8)),
                true,
                Optional.of(replyTo));
    }

    /// What every Jakarta Messaging service does.
    private void answerOne(String queue) throws Exception {
        try (JMSContext jms = jms()) {
            var question = jms.createConsumer(jms.createQueue(queue)).receive(RECEIVE_MS);
            jms.createProducer()
                    .setJMSCorrelationID(question.getJMSCorrelationID())
                    .send(question.getJMSReplyTo(), "answer to " + question.getBody(String.class));
        }
    }
}
