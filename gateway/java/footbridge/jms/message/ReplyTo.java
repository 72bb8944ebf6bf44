package footbridge.jms.message;

import footbridge.backend.Target;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.JmsQueue;
import footbridge.backend.Target.JmsTemporaryQueue;
import footbridge.backend.Target.JmsTopic;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;

/// The JMSReplyTo of messages: an address with the kind of its destination before it, as Artemis'
/// Jakarta Messaging client has it. A temporary topic is not understood: nobody answers to one.
public final class ReplyTo {

    private static final String QUEUE = "queue://";
    private static final String TOPIC = "topic://";
    private static final String TEMPORARY_QUEUE = "temp-queue://";
    private static final String TEMPORARY_TOPIC = "temp-topic://";

    private ReplyTo() {}

    /// @param address where `target` is at the broker
    public static SimpleString written(Target target, SimpleString address) {
        String kind =
                switch (target) {
                    case JmsQueue _ -> QUEUE;
                    case JmsTopic _ -> TOPIC;
                    case JmsTemporaryQueue _ -> TEMPORARY_QUEUE;
                    case Target.KafkaTopic _ ->
                            throw new IllegalArgumentException("this is no Kafka cluster");
                };
        return SimpleString.of(kind + address);
    }

    /// Where the sender of a message says that it waits. Whether it does is known when it is asked.
    ///
    /// @param broker the name of the broker connection in the settings
    static Optional<Target> of(ClientMessage received, String broker) {
        SimpleString written = received.getReplyTo();
        return written == null ? Optional.empty() : of(written.toString(), broker);
    }

    private static Optional<Target> of(String written, String broker) {
        if (written.startsWith(TEMPORARY_QUEUE)) {
            String name = written.substring(TEMPORARY_QUEUE.length());
            return Optional.of(new JmsTemporaryQueue(broker, name, false));
        }
        if (written.startsWith(TOPIC)) {
            String name = written.substring(TOPIC.length());
            return Optional.of(new JmsTopic(broker, name, Creation.NEVER));
        }
        if (written.startsWith(TEMPORARY_TOPIC)) {
            return Optional.empty();
        }
        String name = written.startsWith(QUEUE) ? written.substring(QUEUE.length()) : written;
        return Optional.of(new JmsQueue(broker, name, Creation.NEVER));
    }
}
