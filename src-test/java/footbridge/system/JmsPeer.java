package footbridge.system;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.concurrent.CompletableFuture;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/// A plain Jakarta Messaging application at the broker, which knows nothing of STOMP.
final class JmsPeer implements AutoCloseable {

    private static final long PATIENCE_MS = 120_000;

    private final ActiveMQConnectionFactory factory;

    JmsPeer(String url) {
        factory = new ActiveMQConnectionFactory(url);
    }

    /// Answers every message of a queue, from now on.
    void answer(String queue) {
        JMSContext context = factory.createContext();
        context.createConsumer(context.createQueue(queue))
                .setMessageListener(question -> answer(context, question));
    }

    private static void answer(JMSContext context, Message question) {
        try {
            context.createProducer()
                    .setJMSCorrelationID(question.getJMSCorrelationID())
                    .send(question.getJMSReplyTo(), "answer to " + question.getBody(String.class));
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Asks something in a queue, and has the answer that belongs to it when there is one.
    CompletableFuture<String> ask(String queue, String question) {
        JMSContext context = factory.createContext();
        var answers = context.createTemporaryQueue();
        var message = context.createTextMessage(question);
        try {
            message.setJMSReplyTo(answers);
            context.createProducer().send(context.createQueue(queue), message);
            JMSConsumer consumer =
                    context.createConsumer(
                            answers,
                            "JMSCorrelationID = '%s'".formatted(message.getJMSMessageID()));
            return CompletableFuture.supplyAsync(
                    () -> consumer.receiveBody(String.class, PATIENCE_MS),
                    task -> Thread.ofVirtual().start(task));
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        factory.close();
    }
}
