package footbridge.portable;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.Message;
import footbridge.backend.Target;
import footbridge.backend.Target.JmsQueue;
import footbridge.backend.Target.JmsTopic;
import footbridge.jms.message.PropertyNames;
import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/// A STOMP message as it is sent through the API of Jakarta Messaging: a TextMessage or a
/// BytesMessage, its headers as on Artemis. Made, and so checked, before it goes anywhere.
///
/// @param timeToLive in ms; 0 for ever
record OutgoingMessage(
        Destination destination,
        jakarta.jms.Message message,
        int deliveryMode,
        int priority,
        long timeToLive) {

    /// What no provider needs to know, so none can be trusted to do it.
    private static final Set<String> UNSUPPORTED =
            Set.of(
                    "duplicate-id",
                    "_AMQ_DUPL_ID",
                    "AMQ_SCHEDULED_TIME",
                    "AMQ_SCHEDULED_DELAY",
                    "AMQ_SCHEDULED_PERIOD",
                    "AMQ_SCHEDULED_REPEAT",
                    "AMQ_SCHEDULED_CRON");

    private static final String EXPIRATION = "expiration";
    private static final String TRANSFORMATION = "transformation";
    private static final String GROUP_SEQUENCE = "JMSXGroupSeq";
    private static final String USER = "JMSXUserID";
    private static final int HIGHEST_PRIORITY = 9;

    /// @throws BackendFailure if a header asks for what cannot be done, or has an impossible value
    public static OutgoingMessage of(Target target, Message message, Session session)
            throws BackendFailure, JMSException {
        Map<String, String> headers = message.headers();
        jakarta.jms.Message made = body(message, session);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (header.getKey().equals(USER) && message.vouchesFor(USER)) {
                made.setStringProperty(USER, header.getValue());
            } else {
                put(made, header.getKey(), header.getValue());
            }
        }
        if (message.replyTo().isPresent()) {
            made.setJMSReplyTo(destination(message.replyTo().get(), session));
        }
        return new OutgoingMessage(
                destination(target, session),
                made,
                deliveryMode(headers.getOrDefault("persistent", "true")),
                priority(headers),
                timeToLive(headers));
    }

    /// Blocks until the broker has taken it, or, in a transacted session, the provider has.
    void send(MessageProducer producer) throws JMSException {
        producer.send(destination, message, deliveryMode, priority, timeToLive);
    }

    static Destination destination(Target target, Session session)
            throws BackendFailure, JMSException {
        return switch (target) {
            case JmsQueue queue -> session.createQueue(queue.queue());
            case JmsTopic topic -> session.createTopic(topic.topic());
            case Target.JmsTemporaryQueue _ ->
                    throw Failures.unsupported("this broker's temporary queues cannot be used");
            case Target.KafkaTopic _ -> throw Failures.unsupported("this is no Kafka cluster");
        };
    }

    private static jakarta.jms.Message body(Message message, Session session)
            throws BackendFailure, JMSException {
        ByteBuffer body = message.body();
        if (isText(message)) {
            return session.createTextMessage(StandardCharsets.UTF_8.decode(body).toString());
        }
        BytesMessage made = session.createBytesMessage();
        var octets = new byte[body.remaining()];
        body.get(octets);
        made.writeBytes(octets);
        return made;
    }

    private static boolean isText(Message message) throws BackendFailure {
        return switch (message.headers().get(TRANSFORMATION)) {
            case null -> message.text();
            case "jms-byte" -> false;
            default ->
                    throw Failures.unsupported(
                            "the one transformation of bodies on this broker is 'jms-byte'");
        };
    }

    private static void put(jakarta.jms.Message made, String header, String value)
            throws BackendFailure, JMSException {
        if (UNSUPPORTED.contains(header)) {
            throw Failures.unsupported("this broker does not do the header '" + header + "'");
        }
        switch (header) {
            case "persistent", "priority", "expires", EXPIRATION -> {} // arguments of the send
            case TRANSFORMATION -> {} // the kind of message
            case "timestamp",
                    "redelivered",
                    "delivery-count",
                    IncomingMessage.MESSAGE_ID,
                    IncomingMessage.UNREADABLE -> {}
            case "correlation-id" -> made.setJMSCorrelationID(value);
            case "type" -> made.setJMSType(value);
            case "JMSXGroupID" -> made.setStringProperty(header, value);
            case GROUP_SEQUENCE ->
                    made.setIntProperty(header, (int) number(header, value, Integer.MAX_VALUE));
            case "" -> throw invalid("a header needs a name");
            default -> made.setStringProperty(PropertyNames.encode(header), value);
        }
    }

    private static int deliveryMode(String persistent) throws BackendFailure {
        return switch (persistent) {
            case "true" -> DeliveryMode.PERSISTENT;
            case "false" -> DeliveryMode.NON_PERSISTENT;
            default -> throw invalid("the header 'persistent' must be 'true' or 'false'");
        };
    }

    private static int priority(Map<String, String> headers) throws BackendFailure {
        String value = headers.get("priority");
        if (value == null) {
            return jakarta.jms.Message.DEFAULT_PRIORITY;
        }
        return (int) number("priority", value, HIGHEST_PRIORITY);
    }

    /// The API wants a duration where STOMP has a time; one that is over is over in a millisecond.
    private static long timeToLive(Map<String, String> headers) throws BackendFailure {
        String expiration = headers.get(EXPIRATION);
        if (expiration != null) {
            return number(EXPIRATION, expiration, Long.MAX_VALUE);
        }
        long expires = number("expires", headers.getOrDefault("expires", "0"), Long.MAX_VALUE);
        return expires == 0 ? 0 : Math.max(1, expires - System.currentTimeMillis());
    }

    private static long number(String header, String value, long most) throws BackendFailure {
        try {
            long number = Long.parseLong(value);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw invalid("the header '%s' must be a number from 0 to %d".formatted(header, most));
    }

    private static BackendFailure invalid(String why) {
        return new BackendFailure(Kind.INVALID_HEADER, why);
    }
}
