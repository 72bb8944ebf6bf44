package footbridge.jms;

import footbridge.backend.Message;
import footbridge.backend.Target;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.reader.MapMessageUtil;
import org.apache.activemq.artemis.reader.TextMessageUtil;
import org.jspecify.annotations.Nullable;

/// Makes the message that a STOMP client sees from one that any Artemis client has sent.
///
/// A TextMessage is text, a BytesMessage is bytes, a MapMessage of simple values is a JSON object.
/// What STOMP has no form for (an ObjectMessage, a StreamMessage, a map with bytes in it) is
/// delivered all the same, so that nothing vanishes in silence: with an empty body and the header
/// `footbridge-unreadable`, which names the kind.
///
/// Headers: `timestamp`, `priority`, `persistent`, `expires` where there is an end, `type`,
/// `correlation-id`, `JMSXGroupID`, `duplicate-id`, `redelivered` and `delivery-count` from the
/// second delivery on, and every property of the sender under its decoded name; one that spells a
/// name of these is left out. Bytes as a property value are shown in Base64. Properties of the
/// broker's own and JMSReplyTo, which names a place at the broker ([Message#replyTo]), are not
/// shown. `JMSMessageID` is, of a message that asks for an answer: the one who asks may expect it
/// back as `correlation-id`.
final class IncomingMessage {

    static final String UNREADABLE = "footbridge-unreadable";
    static final String MESSAGE_ID = "JMSMessageID";

    /// Says where a browsed queue ends.
    static final String BROWSER = "browser";

    private static final Logger LOG = System.getLogger(IncomingMessage.class.getName());

    private static final SimpleString CORRELATION_ID = SimpleString.of("JMSCorrelationID");
    private static final SimpleString TYPE = SimpleString.of("JMSType");
    private static final SimpleString DUPLICATE_ID =
            org.apache.activemq.artemis.api.core.Message.HDR_DUPLICATE_DETECTION_ID;

    private static final Set<String> FIELDS =
            Set.of(
                    "timestamp",
                    "priority",
                    "persistent",
                    "expires",
                    "type",
                    "correlation-id",
                    "JMSXGroupID",
                    "redelivered",
                    "delivery-count",
                    "duplicate-id",
                    "reply-to",
                    MESSAGE_ID,
                    UNREADABLE,
                    BROWSER);

    private IncomingMessage() {}

    /// Blocks until a large message has arrived as a whole.
    ///
    /// @param broker the name of the broker connection in the settings
    /// @throws BodyLost if it did not arrive: the link was lost, or the consumer closed
    static Message of(ClientMessage received, String broker) throws BodyLost {
        awaitBody(received);
        Map<String, String> headers = headers(received);
        Optional<Target> replyTo = ReplyTo.of(received, broker);
        if (replyTo.isPresent() && received.getUserID() != null) {
            headers.put(MESSAGE_ID, "ID:" + received.getUserID());
        }
        try {
            return switch (received.getType()) {
                case ClientMessage.TEXT_TYPE -> new Message(headers, text(received), true, replyTo);
                case ClientMessage.BYTES_TYPE, ClientMessage.DEFAULT_TYPE ->
                        new Message(headers, bytes(received), false, replyTo);
                case ClientMessage.MAP_TYPE -> map(headers, received, replyTo);
                case ClientMessage.OBJECT_TYPE -> unreadable(headers, "object");
                case ClientMessage.STREAM_TYPE -> unreadable(headers, "stream");
                default -> unreadable(headers, "unknown");
            };
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "message cannot be read id=" + received.getMessageID(), e);
            return unreadable(headers, "damaged");
        }
    }

    private static void awaitBody(ClientMessage received) throws BodyLost {
        try {
            received.getBodyBuffer();
        } catch (RuntimeException e) {
            throw new BodyLost(e);
        }
    }

    private static Map<String, String> headers(ClientMessage received) {
        var headers = new LinkedHashMap<String, String>();
        if (received.getTimestamp() > 0) {
            headers.put("timestamp", Long.toString(received.getTimestamp()));
        }
        headers.put("priority", Byte.toString(received.getPriority()));
        headers.put("persistent", Boolean.toString(received.isDurable()));
        if (received.getExpiration() > 0) {
            headers.put("expires", Long.toString(received.getExpiration()));
        }
        putIfPresent(headers, "type", received.getObjectProperty(TYPE));
        putIfPresent(headers, "correlation-id", received.getObjectProperty(CORRELATION_ID));
        putIfPresent(headers, "JMSXGroupID", received.getGroupID());
        putIfPresent(headers, "duplicate-id", received.getObjectProperty(DUPLICATE_ID));
        if (received.getDeliveryCount() > 1) {
            headers.put("redelivered", "true");
            headers.put("delivery-count", Integer.toString(received.getDeliveryCount()));
        }
        for (SimpleString property : received.getPropertyNames()) {
            String name = property.toString();
            String header = PropertyNames.decode(name);
            if (!PropertyNames.isReserved(name) && !FIELDS.contains(header)) {
                putIfPresent(headers, header, received.getObjectProperty(property));
            }
        }
        return headers;
    }

    private static void putIfPresent(
            Map<String, String> headers, String name, @Nullable Object value) {
        if (value instanceof byte[] bytes) {
            headers.put(name, Base64.getEncoder().encodeToString(bytes));
        } else if (value != null) {
            headers.put(name, value.toString());
        }
    }

    private static ByteBuffer text(ClientMessage received) {
        SimpleString text = TextMessageUtil.readBodyText(received.getBodyBuffer());
        return text == null ? empty() : StandardCharsets.UTF_8.encode(text.toString());
    }

    private static ByteBuffer bytes(ClientMessage received) {
        ActiveMQBuffer body = received.getBodyBuffer();
        body.resetReaderIndex();
        var bytes = new byte[body.readableBytes()];
        body.readBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private static Message map(
            Map<String, String> headers, ClientMessage received, Optional<Target> replyTo) {
        Optional<String> json =
                JsonObject.of(MapMessageUtil.readBodyMap(received.getBodyBuffer()).getMap());
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

    /// The rest of a large message did not come. The broker still has it.
    static final class BodyLost extends Exception {

        private static final long serialVersionUID = 1L;

        BodyLost(Throwable cause) {
            super(cause);
        }
    }
}
