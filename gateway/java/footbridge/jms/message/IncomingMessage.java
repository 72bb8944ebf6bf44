package footbridge.jms.message;

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
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.reader.MapMessageUtil;
import org.jspecify.annotations.Nullable;

/// Makes the message that a STOMP client sees from one that any Artemis client has sent.
///
/// A TextMessage is text, a BytesMessage is bytes, a MapMessage of simple values is a JSON object
/// with the header `transformation:jms-map-json`. What STOMP has no form for (an ObjectMessage, a
/// StreamMessage, a map with bytes in it), or what is larger than the gateway takes, is delivered
/// all the same, so that nothing vanishes in silence: with an empty body and the header
/// `footbridge-unreadable`, which names the reason.
///
/// Headers: `timestamp`, `priority`, `persistent`, `expires` where there is an end, `type`,
/// `correlation-id`, `JMSXGroupID`, `JMSXGroupSeq`, `duplicate-id`, `redelivered` and
/// `delivery-count` from the second delivery on, and every property of the sender under its decoded
/// name; one that spells a name of these is left out. Bytes as a property value are shown in
/// Base64. Properties of the broker's own and JMSReplyTo, which names a place at the broker
/// ([Message#replyTo]), are not shown. `JMSMessageID` is, of a message that asks for an answer: the
/// one who asks may expect it back as `correlation-id`.
public final class IncomingMessage {

    static final String UNREADABLE = "footbridge-unreadable";
    public static final String TOO_LARGE = "too-large";
    static final String MESSAGE_ID = "JMSMessageID";
    static final String TRANSFORMATION = "transformation";
    static final String MAP = "jms-map-json";
    static final String GROUP_SEQUENCE = "JMSXGroupSeq";

    /// Says where a browsed queue ends.
    public static final String BROWSER = "browser";

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
                    GROUP_SEQUENCE,
                    TRANSFORMATION,
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
    /// @param largest octets that a body may have
    /// @throws BodyLost if it did not arrive: the link was lost, or the consumer closed
    public static Message of(ClientMessage received, String broker, int largest) throws BodyLost {
        Map<String, String> headers = headers(received);
        Optional<Target> replyTo = ReplyTo.of(received, broker);
        if (replyTo.isPresent() && received.getUserID() != null) {
            headers.put(MESSAGE_ID, "ID:" + received.getUserID());
        }
        if (LargeBody.is(received) && LargeBody.expected(received) > largest) {
            LargeBody.discard(received);
            return unreadable(headers, TOO_LARGE, received);
        }
        Message made = made(headers, received, replyTo, largest);
        return made.size() > largest ? unreadable(headers, TOO_LARGE, received) : made;
    }

    /// The message with the topic that it was sent to, for those who read many.
    public static Message from(ClientMessage received, Message message) {
        return message.with(Message.SOURCE, received.getAddress());
    }

    /// Why the body of a message could not be shown; empty if it is.
    public static Optional<String> unreadable(Message message) {
        return Optional.ofNullable(message.headers().get(UNREADABLE));
    }

    /// Whether the body is read once, piece by piece, and not kept in the received message.
    public static boolean comesInPieces(ClientMessage received) {
        byte type = received.getType();
        return LargeBody.is(received)
                && (type == ClientMessage.TEXT_TYPE
                        || type == ClientMessage.BYTES_TYPE
                        || type == ClientMessage.DEFAULT_TYPE);
    }

    private static Message made(
            Map<String, String> headers,
            ClientMessage received,
            Optional<Target> replyTo,
            int largest)
            throws BodyLost {
        byte type = received.getType();
        if (comesInPieces(received)) {
            boolean text = type == ClientMessage.TEXT_TYPE;
            return new Message(headers, large(received, largest), text, replyTo);
        }
        awaitBody(received);
        try {
            return switch (type) {
                case ClientMessage.TEXT_TYPE ->
                        new Message(
                                headers, BodyText.read(received.getBodyBuffer()), true, replyTo);
                case ClientMessage.BYTES_TYPE, ClientMessage.DEFAULT_TYPE ->
                        new Message(headers, bytes(received), false, replyTo);
                case ClientMessage.MAP_TYPE -> map(headers, received, replyTo);
                case ClientMessage.OBJECT_TYPE -> unreadable(headers, "object", received);
                case ClientMessage.STREAM_TYPE -> unreadable(headers, "stream", received);
                default -> unreadable(headers, "unknown", received);
            };
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "message cannot be read id=" + received.getMessageID(), e);
            return unreadable(headers, "damaged", received);
        }
    }

    private static ByteBuffer large(ClientMessage received, int largest) throws BodyLost {
        try {
            return LargeBody.of(received, largest);
        } catch (ActiveMQException | RuntimeException e) {
            throw new BodyLost(e);
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
        if (received.getGroupSequence() != 0) {
            headers.put(GROUP_SEQUENCE, Integer.toString(received.getGroupSequence()));
        }
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
            return unreadable(headers, "map", received);
        }
        headers.put(TRANSFORMATION, MAP);
        headers.put("content-type", "application/json");
        return new Message(headers, StandardCharsets.UTF_8.encode(json.get()), true, replyTo);
    }

    private static Message unreadable(
            Map<String, String> headers, String kind, ClientMessage received) {
        LOG.log(
                Level.WARNING,
                "message cannot be shown to its client kind={0} address={1} id={2}",
                kind,
                received.getAddress(),
                Long.toString(received.getMessageID()));
        headers.put(UNREADABLE, kind);
        return new Message(headers, empty(), false);
    }

    private static ByteBuffer empty() {
        return ByteBuffer.allocate(0);
    }

    /// The rest of a large message did not come. The broker still has it.
    public static final class BodyLost extends Exception {

        private static final long serialVersionUID = 1L;

        BodyLost(Throwable cause) {
            super(cause);
        }
    }
}
