package footbridge.jms.reading;

import java.util.UUID;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;

/// A queue of one client's own. The broker deletes it when the link is lost, but not when the core
/// session that made it is closed: whoever makes one deletes it.
public final class TemporaryQueue {

    private TemporaryQueue() {}

    /// Creates a queue for the answers to one client. Blocks for a round trip.
    public static SimpleString createForAnswers(ClientSession session) throws ActiveMQException {
        var queue = SimpleString.of("footbridge.answers." + UUID.randomUUID());
        session.createQueue(
                QueueConfiguration.of(queue)
                        .setRoutingType(RoutingType.ANYCAST)
                        .setDurable(false)
                        .setTemporary(true));
        return queue;
    }

    /// Creates a queue that gets the messages of a topic from now on. Blocks for a round trip.
    static SimpleString create(ClientSession session, String topic, Filter filter)
            throws ActiveMQException {
        var queue = SimpleString.of("footbridge." + UUID.randomUUID());
        session.createQueue(
                filter.on(
                        QueueConfiguration.of(queue)
                                .setAddress(topic)
                                .setRoutingType(RoutingType.MULTICAST)
                                .setDurable(false)
                                .setTemporary(true)
                                .setAutoCreateAddress(false)));
        return queue;
    }
}
