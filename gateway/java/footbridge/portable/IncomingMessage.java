package footbridge.portable;

import footbridge.backend.Message;
import footbridge.backend.Target;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.JmsQueue;
import footbridge.backend.Target.JmsTopic;
import footbridge.jms.message.JsonObject;
import footbridge.jms.message.PropertyNames;
import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TemporaryTopic;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the message that a STOMP client sees from one that any client of the provider has sent, as
/// the room `jms` does it for Artemis: a MapMessage is a JSON object, and what STOMP has no form
/// for comes with an empty body and the header `footbridge-unreadable`.
final class IncomingMessage {

    static final String UNREADABLE = "footbridge-unreadable";

    private static final Logger LOG = System.getLogger(IncomingMessage.class.getName());
    private static final String DELIVERY_COUNT = "JMSXDeliveryCount";
    static final String MESSAGE_ID = "JMSMessageID";
    private static final String GROUP = "JMSXGroupID";

    /// Headers that say what the message is; a property of such a name is left out.
    private static final Set<String> FIELDS =
            Set.of(
                    "timestamp",
                    "priority",
                    "persistent",
                    "expires",
                    "type",
                    "correlation-id",
                    "redelivered",
                    "delivery-count",
                    "reply-to",
                    MESSAGE_ID,
                    UNREADABLE);

    private IncomingMessage() {}

    /// @param backend the name of the broker in the settings
    public static Message of(jakarta.jms.Message received, String backend) {
        Map<String, String> headers = new LinkedHashMap<>();
        try {
            putFields(headers, received);
            putProperties(headers, received);
            Optional<Target> replyTo = replyTo(received, backend);
            if (replyTo.isPresent()) { // the one who asks may expect it as correlation-id
                putIfPresent(headers, MESSAGE_ID, received.getJMSMessageID());
            }
            return switch (received) {
                case TextMessage text -> new Message(headers, text(text), true, replyTo);
                case BytesMessage bytes -> new Message(headers, bytes(bytes), false, replyTo);
                case MapMessage map -> map(headers, map, replyTo);
                default -> unreadable(headers, "other");
            };
        } catch (JMSException | RuntimeException e) {
            LOG.log(Level.WARNING, "message cannot be read", e);
            return unreadable(headers, "damaged");
        }
    }

    private static void putFields(Map<String, String> headers, jakarta.jms.Message received)
            throws JMSException {
        if (received.getJMSTimestamp() > 0) {
            headers.put("timestamp", Long.toString(received.getJMSTimestamp()));
        }
        headers.put("priority", Integer.toString(received.getJMSPriority()));
        headers.put(
                "persistent",
                Boolean.toString(received.getJMSDeliveryMode() == DeliveryMode.PERSISTENT));
        if (received.getJMSExpiration() > 0) {
            headers.put("expires", Long.toString(received.getJMSExpiration()));
        }
        putIfPresent(headers, "type", received.getJMSType());
        putIfPresent(headers, "correlation-id", received.getJMSCorrelationID());
        putIfPresent(headers, GROUP, received.getObjectProperty(GROUP));
        if (received.getJMSRedelivered()) {
            headers.put("redelivered", "true");
            putIfPresent(headers, "delivery-count", received.getObjectProperty(DELIVERY_COUNT));
        }
    }

    private static void putProperties(Map<String, String> headers, jakarta.jms.Message received)
            throws JMSException {
        Enumeration<?> names = received.getPropertyNames();
        while (names.hasMoreElements()) {
            String name = names.nextElement().toString();
            String header = PropertyNames.decode(name);
            if (!PropertyNames.isReserved(name) && !FIELDS.contains(header)) {
                putIfPresent(headers, header, received.getObjectProperty(name));
            }
        }
    }

    private static void putIfPresent(
            Map<String, String> headers, String name, @Nullable Object value) {
        if (value instanceof byte[] bytes) {
            headers.put(name, Base64.getEncoder().encodeToString(bytes));
        } else if (value != null) {
            headers.put(name, value.toString());
        }
    }

    private static ByteBuffer text(TextMessage received) throws JMSException {
        String text = received.getText();
        return text == null ? empty() : StandardCharsets.UTF_8.encode(text);
    }

    private static ByteBuffer bytes(BytesMessage received) throws JMSException {
        var octets = new byte[Math.toIntExact(received.getBodyLength())];
        received.readBytes(octets);
        return ByteBuffer.wrap(octets);
    }

    /// A temporary queue has no name by which the API would find it again, so it is not told.
    private static Optional<Target> replyTo(jakarta.jms.Message received, String backend)
            throws JMSException {
        return switch (received.getJMSReplyTo()) {
            case TemporaryQueue _ -> Optional.empty();
            case TemporaryTopic _ -> Optional.empty();
            case Queue queue ->
                    Optional.of(new JmsQueue(backend, queue.getQueueName(), Creation.NEVER));
            case Topic topic ->
                    Optional.of(new JmsTopic(backend, topic.getTopicName(), Creation.NEVER));
            case null, default -> Optional.empty();
        };
    }

    private static Message map(
            Map<String, String> headers, MapMessage received, Optional<Target> replyTo)
            throws JMSException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        Enumeration<?> names = received.getMapNames();
        while (names.hasMoreElements()) {
            String name = names.nextElement().toString();
            members.put(name, received.getObject(name));
        }
        Optional<String> json = JsonObject.of(members);
        if (json.isEmpty()) {
            return unreadable(headers, "map");
        }
        headers.put("content-type", "application/json");
        return new Message(headers, StandardCharsets.UTF_8.encode(json.get()), true, replyTo);
    }

    private static Message unreadable(Map<String, String> headers, String kind) {
        headers.put(UNREADABLE, kind);
        return new Message(headers, empty(), false);
    }

    private static ByteBuffer empty() {
        return ByteBuffer.allocate(0);
    }
}
