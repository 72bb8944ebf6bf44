package footbridge.jms;

import footbridge.jms.message.IncomingMessage;
import footbridge.jms.message.OutgoingMessage;
import footbridge.jms.reading.HeldDelivery;
import java.util.Set;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;

/// Makes what the broker would put on the dead-letter address: the message with a note of where it
/// was (`_AMQ_ORIG_ADDRESS` and its like), that does not expire.
final class DeadLetterCopy {

    /// What belongs to the original, not to its content: how its body was carried, when it was due,
    /// to whom it goes, and the id by which the broker would take the copy for a repetition.
    private static final Set<SimpleString> LEFT_BEHIND =
            Set.of(
                    Message.HDR_LARGE_COMPRESSED,
                    Message.HDR_LARGE_BODY_SIZE,
                    Message.HDR_SCHEDULED_DELIVERY_TIME,
                    Message.HDR_ROUTING_TYPE,
                    Message.HDR_DUPLICATE_DETECTION_ID);

    private static final long NEVER = 0;

    private DeadLetterCopy() {}

    static ClientMessage of(HeldDelivery held, ClientSession session) {
        ClientMessage original = held.message();
        ClientMessage copy =
                session.createMessage(
                        original.getType(),
                        original.isDurable(),
                        NEVER,
                        original.getTimestamp(),
                        original.getPriority());
        copy.setUserID(original.getUserID());
        for (SimpleString name : original.getPropertyNames()) {
            if (!LEFT_BEHIND.contains(name)) {
                copy.putObjectProperty(name, original.getObjectProperty(name));
            }
        }
        if (IncomingMessage.comesInPieces(original)) {
            copy.setBodyInputStream(OutgoingMessage.pieces(held.shown(), original.getType()));
        } else {
            copy.getBodyBuffer().writeBytes(body(original));
        }
        copy.referenceOriginalMessage(original, held.queue());
        routeAsBefore(original, copy);
        return copy;
    }

    /// Only what has been a dead letter before is routed by its first routing type, as the broker
    /// does it; anything else goes to whatever the dead-letter address has.
    private static void routeAsBefore(ClientMessage original, ClientMessage copy) {
        if (original.getObjectProperty(Message.HDR_ORIG_ROUTING_TYPE) instanceof Byte type) {
            copy.setRoutingType(RoutingType.getType(type));
        }
    }

    private static byte[] body(ClientMessage original) {
        ActiveMQBuffer buffer = original.getBodyBuffer();
        buffer.resetReaderIndex();
        var body = new byte[buffer.readableBytes()];
        buffer.readBytes(body);
        return body;
    }
}
