package footbridge.jms.reading;

import java.util.Optional;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.reader.MessageUtil;

/// Which client a message to a topic comes from, so that it can be spared its own: the broker's own
/// mark is one of the connection, which many clients share. It stands in the property that Artemis'
/// JMS clients use for the same.
///
/// @param mark without quotes
public record Origin(SimpleString mark) {

    private static final SimpleString PROPERTY = MessageUtil.CONNECTION_ID_PROPERTY_NAME;

    public static Origin of(String client) {
        return new Origin(SimpleString.of(client));
    }

    public void stamp(ClientMessage message) {
        if (message.getRoutingType() == RoutingType.MULTICAST) {
            message.putStringProperty(PROPERTY, mark);
        }
    }

    /// Who sent a message to a topic; empty if it does not say.
    public static Optional<Origin> of(ClientMessage received) {
        return Optional.ofNullable(received.getSimpleStringProperty(PROPERTY)).map(Origin::new);
    }

    /// The condition that a message is not from here. One without a mark is not.
    String others() {
        return "%s IS NULL OR %s <> '%s'".formatted(PROPERTY, PROPERTY, mark);
    }
}
