package footbridge.portable;

import footbridge.backend.BackendFailure;
import footbridge.backend.Selection;
import footbridge.backend.Target;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.util.Optional;

/// Which messages a subscription wants.
///
/// @param selector of Jakarta Messaging, understood by the broker
record Wanted(Target target, Optional<String> selector) implements Place.Consuming {

    /// @throws BackendFailure if it cannot be had by a client that shares its connection
    static Wanted of(Target target, Selection selection) throws BackendFailure {
        if (selection.noLocal() || selection.browse() || selection.durable().isPresent()) {
            throw Failures.unsupported(
                    "this broker does no-local, browsing and durable subscriptions for its own clients only");
        }
        if (target instanceof Target.JmsTopic topic && topic.isPattern()) {
            throw Failures.unsupported("this broker's topics are subscribed to one by one");
        }
        if (selection.selector().filter(text -> text.indexOf('"') >= 0).isPresent()) {
            throw Failures.unsupported(
                    "selectors of this broker name JMS properties; none can stand in double quotes");
        }
        return new Wanted(target, selection.selector());
    }

    @Override
    public MessageConsumer on(Session session) throws JMSException, BackendFailure {
        Destination destination = OutgoingMessage.destination(target, session);
        return selector.isPresent()
                ? session.createConsumer(destination, selector.get())
                : session.createConsumer(destination);
    }
}
