package footbridge.jms;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.utils.UUIDGenerator;

/// Makes the Artemis message that a plain Jakarta Messaging client reads as a TextMessage or a
/// BytesMessage with the headers of a STOMP message.
///
/// | STOMP header | JMS |
/// |---|---|
/// | `persistent` (`true`, the default, or `false`) | JMSDeliveryMode |
/// | `priority` (0 to 9; default 4) | JMSPriority |
/// | `expires` (ms since 1970; 0 for never) or `expiration` (ms from now) | JMSExpiration |
/// | `JMSXUserID` that the gateway vouches for | JMSXUserID |
/// | `correlation-id` | JMSCorrelationID |
/// | `type` | JMSType |
/// | `duplicate-id` (text of one character or more) | the id by which the broker knows repetitions |
/// | `JMSXGroupID` | JMSXGroupID |
/// | those that only the gateway sets ([IncomingMessage]) | left out |
/// | `reply-to` | not here: what it stands for is the message's [ReplyTo] |
/// | any other | a string property, its name by [PropertyNames] |
///
/// JMSTimestamp is the time of the gateway; JMSMessageID is new for each message.
final class OutgoingMessage {

    private static final long NEVER = 0;
    private static final long LONGEST_LIFE = Long.MAX_VALUE / 2;
    private static final String USER = "JMSXUserID";
    private static final byte NORMAL_PRIORITY = 4;
    private static final int HIGHEST_PRIORITY = 9;
    private static final SimpleString CORRELATION_ID = SimpleString.of("JMSCorrelationID");
    private static final SimpleString TYPE = SimpleString.of("JMSType");

    private OutgoingMessage() {}

    /// @param replyTo the JMSReplyTo, as [ReplyTo] writes it
    /// @throws BackendFailure if a header has a value which it cannot have
    static ClientMessage of(
            Message message,
            RoutingType routing,
            Optional<SimpleString> replyTo,
            ClientSession session)
            throws BackendFailure {
        Map<String, String> headers = message.headers();
        ClientMessage made =
                session.createMessage(
                        message.text() ? ClientMessage.TEXT_TYPE : ClientMessage.BYTES_TYPE,
                        durable(headers),
                        expiration(headers),
                        System.currentTimeMillis(),
                        priority(headers));
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
        writeBody(message, made);
        return made;
    }

    private static void put(ClientMessage made, String header, String value) throws BackendFailure {
        switch (header) {
            case "persistent", "priority", "expires", "expiration" -> {} // fields of the message
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

    private static void writeBody(Message message, ClientMessage made) {
        ByteBuffer body = message.body();
        if (message.text()) {
            String text = StandardCharsets.UTF_8.decode(body).toString();
            made.getBodyBuffer().writeNullableSimpleString(SimpleString.of(text));
        } else {
            made.getBodyBuffer().writeBytes(body);
        }
    }

    private static boolean durable(Map<String, String> headers) throws BackendFailure {
        String value = headers.getOrDefault("persistent", "true");
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused("the header 'persistent' must be 'true' or 'false'");
        };
    }

    private static long expiration(Map<String, String> headers) throws BackendFailure {
        String value = headers.get("expires");
        if (value != null) {
            return number(value, Long.MAX_VALUE, "expires", "a time in ms since 1970");
        }
        String left = headers.get("expiration");
        return left == null
                ? NEVER
                : System.currentTimeMillis()
                        + number(left, LONGEST_LIFE, "expiration", "a time to live in ms");
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
        return new BackendFailure(Kind.REFUSED, why);
    }
}
