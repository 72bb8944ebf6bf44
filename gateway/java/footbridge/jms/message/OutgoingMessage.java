package footbridge.jms.message;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.Message;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.core.client.impl.ClientMessageImpl;
import org.apache.activemq.artemis.core.persistence.CoreMessageObjectPools;
import org.apache.activemq.artemis.reader.MapMessageUtil;
import org.apache.activemq.artemis.utils.UUIDGenerator;

/// Makes the Artemis message that a plain Jakarta Messaging client reads as a TextMessage or a
/// BytesMessage with the headers of a STOMP message.
///
/// | STOMP header | JMS |
/// |---|---|
/// | `persistent` (`true`, the default, or `false`) | JMSDeliveryMode |
/// | `priority` (0 to 9; default 4) | JMSPriority |
/// | `expires` (ms since 1970), `expiration` (ms from now); 0 for never | JMSExpiration |
/// | `AMQ_SCHEDULED_DELAY` (ms from now), `AMQ_SCHEDULED_TIME` (ms since 1970) | delivery time |
/// | `transformation`: `jms-map-json` or `jms-byte` | a MapMessage made of JSON, or a BytesMessage |
/// | `JMSXUserID` that the gateway vouches for | JMSXUserID |
/// | `correlation-id` | JMSCorrelationID |
/// | `type` | JMSType |
/// | `duplicate-id` (text of one character or more) | the id by which the broker knows repetitions |
/// | `JMSXGroupID`, `JMSXGroupSeq` (a whole number) | the same |
/// | those that only the gateway sets ([IncomingMessage]) | left out |
/// | `reply-to` | not here: what it stands for is the message's [ReplyTo] |
/// | any other | a string property, its name by [PropertyNames] |
///
/// JMSTimestamp is the time of the gateway; JMSMessageID is new for each message.
public final class OutgoingMessage {

    private static final String EXPIRATION = "expiration";
    private static final String DELAY = "AMQ_SCHEDULED_DELAY";
    private static final String TIME = "AMQ_SCHEDULED_TIME";

    /// Octets from which on a body is sent in pieces. The client library would do that later
    /// (`Locators`).
    private static final int LARGE = 100 * 1024;

    /// What a message takes beside its body and properties, and then some.
    private static final int FIELDS = 256;

    /// What a property takes beside its name and value, and the longer spelling of a name or two.
    private static final int PER_PROPERTY = 32;

    private static final long NEVER = 0;
    private static final String USER = "JMSXUserID";
    private static final byte NORMAL_PRIORITY = 4;
    private static final int HIGHEST_PRIORITY = 9;
    private static final SimpleString CORRELATION_ID = SimpleString.of("JMSCorrelationID");
    private static final SimpleString TYPE = SimpleString.of("JMSType");

    private OutgoingMessage() {}

    /// @param replyTo the JMSReplyTo, as [ReplyTo] writes it
    /// @param repeated keeps the properties that the client's messages have in common
    /// @throws BackendFailure if a header has a value which it cannot have
    public static ClientMessage of(
            Message message,
            RoutingType routing,
            Optional<SimpleString> replyTo,
            CoreMessageObjectPools repeated)
            throws BackendFailure {
        Map<String, String> headers = message.headers();
        long now = System.currentTimeMillis();
        byte type = type(message);
        ClientMessage made =
                new ClientMessageImpl(
                        type,
                        durable(headers),
                        expiration(headers, now),
                        now,
                        priority(headers),
                        room(message, type),
                        repeated);
        made.setRoutingType(routing);
        made.setUserID(UUIDGenerator.getInstance().generateUUID());
        replyTo.ifPresent(made::setReplyTo);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (header.getKey().equals(USER) && message.vouchesFor(USER)) {
                made.setValidatedUserID(header.getValue());
            } else {
                put(made, header.getKey(), header.getValue());
            }
        }
        delivery(headers, now).ifPresent(made::setScheduledDeliveryTime);
        writeBody(message, type, made);
        return made;
    }

    private static byte type(Message message) throws BackendFailure {
        String transformation = message.headers().get(IncomingMessage.TRANSFORMATION);
        return switch (transformation) {
            case null -> message.text() ? ClientMessage.TEXT_TYPE : ClientMessage.BYTES_TYPE;
            case IncomingMessage.MAP -> ClientMessage.MAP_TYPE;
            case "jms-byte" -> ClientMessage.BYTES_TYPE;
            default ->
                    throw new BackendFailure(
                            Kind.UNSUPPORTED,
                            "the transformations of bodies are 'jms-map-json' and 'jms-byte'");
        };
    }

    private static void put(ClientMessage made, String header, String value) throws BackendFailure {
        switch (header) {
            case "persistent",
                    "priority",
                    "expires",
                    EXPIRATION,
                    DELAY,
                    TIME,
                    IncomingMessage.TRANSFORMATION -> {} // fields of the message
            case "timestamp",
                    "redelivered",
                    "delivery-count",
                    "reply-to",
                    IncomingMessage.MESSAGE_ID,
                    IncomingMessage.UNREADABLE -> {}
            case "correlation-id" -> made.putStringProperty(CORRELATION_ID, SimpleString.of(value));
            case "type" -> made.putStringProperty(TYPE, SimpleString.of(value));
            case "duplicate-id" -> putDuplicateId(made, value);
            case "JMSXGroupID" -> made.setGroupID(value);
            case IncomingMessage.GROUP_SEQUENCE -> made.setGroupSequence(groupSequence(value));
            case "" -> throw refused("a header needs a name");
            default -> made.putStringProperty(PropertyNames.encode(header), value);
        }
    }

    private static void putDuplicateId(ClientMessage made, String value) throws BackendFailure {
        if (value.isEmpty()) {
            throw refused("the header 'duplicate-id' must not be empty");
        }
        made.putStringProperty(
                org.apache.activemq.artemis.api.core.Message.HDR_DUPLICATE_DETECTION_ID,
                SimpleString.of(value));
    }

    /// How long the message will be on its way to the broker, about: the client library would take
    /// the same for each and make it larger step by step.
    private static int room(Message message, byte type) {
        int room = FIELDS;
        for (Map.Entry<String, String> header : message.headers().entrySet()) {
            int characters = header.getKey().length() + header.getValue().length();
            room += PER_PROPERTY + Character.BYTES * characters;
        }
        if (isLarge(message)) {
            return room;
        }
        ByteBuffer body = message.octets();
        return room + (type == ClientMessage.TEXT_TYPE ? BodyText.room(body) : body.remaining());
    }

    private static boolean isLarge(Message message) {
        return message.size() >= LARGE;
    }

    /// A large body goes to the broker piece by piece, and is not copied.
    private static void writeBody(Message message, byte type, ClientMessage made)
            throws BackendFailure {
        ByteBuffer body = message.body();
        if (type == ClientMessage.MAP_TYPE) {
            String json = StandardCharsets.UTF_8.decode(body).toString();
            MapMessageUtil.writeBodyMap(made.getBodyBuffer(), JsonMap.of(json));
        } else if (isLarge(message)) {
            made.setBodyInputStream(pieces(message, type));
        } else if (type == ClientMessage.TEXT_TYPE) {
            BodyText.write(body, made.getBodyBuffer());
        } else {
            made.getBodyBuffer().writeBytes(body);
        }
    }

    /// The body of a TextMessage or BytesMessage, to be sent in pieces.
    public static InputStream pieces(Message message, byte type) {
        ByteBuffer body = message.body();
        return type == ClientMessage.TEXT_TYPE ? new TextStream(body) : new BodyStream(body);
    }

    private static boolean durable(Map<String, String> headers) throws BackendFailure {
        String value = headers.getOrDefault("persistent", "true");
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused("the header 'persistent' must be 'true' or 'false'");
        };
    }

    /// The sooner end, where both are given.
    private static long expiration(Map<String, String> headers, long now) throws BackendFailure {
        long at = time(headers, "expires", 0);
        long in = time(headers, EXPIRATION, now);
        return at == NEVER || in == NEVER ? Math.max(at, in) : Math.min(at, in);
    }

    private static Optional<Long> delivery(Map<String, String> headers, long now)
            throws BackendFailure {
        long at = time(headers, TIME, 0);
        long in = time(headers, DELAY, now);
        if (at != NEVER && in != NEVER) {
            throw refused("of the headers '%s' and '%s' only one".formatted(TIME, DELAY));
        }
        return Optional.of(Math.max(at, in)).filter(time -> time > now);
    }

    /// @param from what the header's milliseconds count from
    /// @return [#NEVER] if the header is 0 or not there
    private static long time(Map<String, String> headers, String header, long from)
            throws BackendFailure {
        String value = headers.get(header);
        if (value == null) {
            return NEVER;
        }
        long given = number(value, Long.MAX_VALUE - from, header, "a number of milliseconds");
        return given == 0 ? NEVER : from + given;
    }

    private static int groupSequence(String value) throws BackendFailure {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException _) {
            throw refused(
                    "the header '%s' must be a whole number"
                            .formatted(IncomingMessage.GROUP_SEQUENCE));
        }
    }

    private static byte priority(Map<String, String> headers) throws BackendFailure {
        String value = headers.get("priority");
        return value == null
                ? NORMAL_PRIORITY
                : (byte) number(value, HIGHEST_PRIORITY, "priority", "a number from 0 to 9");
    }

    private static long number(String value, long most, String header, String allowed)
            throws BackendFailure {
        try {
            long number = Long.parseLong(value);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw refused("the header '%s' must be %s".formatted(header, allowed));
    }

    private static BackendFailure refused(String why) {
        return new BackendFailure(Kind.INVALID_HEADER, why);
    }
}
