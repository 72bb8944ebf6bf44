package footbridge.faults;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQSession;

/// The broker without a gateway in between.
final class PlainJms implements AutoCloseable {

    private static final long PATIENCE_MS = 500;

    private final ActiveMQConnectionFactory factory;
    private final JMSContext context;
    private final ActiveMQSession session;

    PlainJms(String url) throws JMSException {
        factory = new ActiveMQConnectionFactory(url);
        context = factory.createContext(JMSContext.AUTO_ACKNOWLEDGE);
        session = (ActiveMQSession) factory.createConnection().createSession();
    }

    void declare(String queue) throws ActiveMQException {
        core().createAddress(SimpleString.of(queue), RoutingType.ANYCAST, false);
        core().createQueue(
                        QueueConfiguration.of(queue)
                                .setRoutingType(RoutingType.ANYCAST)
                                .setDurable(true));
    }

    /// How many messages the queue holds, those included that a consumer has.
    long count(String queue) throws ActiveMQException {
        return core().queueQuery(SimpleString.of(queue)).getMessageCount();
    }

    private ClientSession core() {
        return session.getCoreSession();
    }

    void put(String queue, List<String> bodies) {
        var producer = context.createProducer().setAsync(null);
        bodies.forEach(body -> producer.send(context.createQueue(queue), body));
    }

    /// Takes everything out of a queue.
    List<String> drain(String queue) {
        List<String> bodies = new ArrayList<>();
        try (JMSConsumer consumer = context.createConsumer(context.createQueue(queue))) {
            Message message;
            while ((message = consumer.receive(PATIENCE_MS)) != null) {
                bodies.add(body(message));
            }
        }
        return bodies;
    }

    private static String body(Message message) {
        try {
            return Objects.requireNonNull(message.getBody(String.class));
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        factory.close();
    }
}
