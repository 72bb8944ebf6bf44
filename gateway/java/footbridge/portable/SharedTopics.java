package footbridge.portable;

import footbridge.backend.BackendFailure;
import footbridge.backend.Delivery;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The consumers of the node on topics, one for each topic and selector that have a subscriber.
/// Safe for use by any thread.
final class SharedTopics {

    private final Supplier<Link> links;
    private final Map<Wanted, SharedTopic> topics = new ConcurrentHashMap<>();

    /// @param links the link for the next consumer
    SharedTopics(Supplier<Link> links) {
        this.links = links;
    }

    /// @param onClose told when the client closes the subscription
    Subscription subscribe(Wanted wanted, Subscriber subscriber, Consumer<Subscription> onClose)
            throws BackendFailure {
        SharedTopic topic;
        do {
            topic = topics.computeIfAbsent(wanted, this::open);
        } while (!topic.join(subscriber));
        return new Part(topic, subscriber, onClose);
    }

    private SharedTopic open(Wanted wanted) {
        return new SharedTopic(wanted, links.get(), ended -> topics.remove(wanted, ended));
    }

    /// One subscriber's part.
    private record Part(SharedTopic topic, Subscriber subscriber, Consumer<Subscription> onClose)
            implements Subscription {

        /// The broker forgot the message when it sent it.
        @Override
        public void accepted(Delivery delivery) {}

        @Override
        public void close() {
            onClose.accept(this);
            topic.leave(subscriber);
        }
    }
}
