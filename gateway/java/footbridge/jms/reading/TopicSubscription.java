package footbridge.jms.reading;

import footbridge.backend.Delivery;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import java.util.function.Consumer;

/// One subscriber's part in the reader of a topic.
///
/// Confined to the connection's thread.
final class TopicSubscription implements Subscription {

    private final TopicReader reader;
    private final Subscriber subscriber;
    private final Consumer<Subscription> onClose;
    private boolean closed;

    /// @param onClose told when the client closes the subscription
    TopicSubscription(TopicReader reader, Subscriber subscriber, Consumer<Subscription> onClose) {
        this.reader = reader;
        this.subscriber = subscriber;
        this.onClose = onClose;
    }

    /// The broker forgot the message when it sent it: there is nothing to settle.
    @Override
    public void accepted(Delivery delivery) {}

    /// A delivery that was on its way may still arrive.
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            onClose.accept(this);
            reader.leave(subscriber);
        }
    }
}
