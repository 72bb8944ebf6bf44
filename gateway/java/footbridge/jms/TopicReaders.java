package footbridge.jms;

import footbridge.backend.BackendFailure;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import footbridge.backend.Target.JmsTopic;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The readers of the node, one for each topic that has a subscriber.
///
/// Safe for use by any thread.
final class TopicReaders {

    private final LinkPool pool;
    private final Directory directory;
    private final Duration retryDelay;
    private final Map<String, TopicReader> readers = new ConcurrentHashMap<>();

    TopicReaders(LinkPool pool, Directory directory, Duration retryDelay) {
        this.pool = pool;
        this.directory = directory;
        this.retryDelay = retryDelay;
    }

    /// Subscribes to a topic that exists. Blocks for a few round trips when the node has no reader
    /// of it yet.
    ///
    /// @param onClose told when the client closes the subscription
    Subscription subscribe(JmsTopic target, Subscriber subscriber, Consumer<Subscription> onClose)
            throws BackendFailure {
        while (true) {
            TopicReader reader = readers.computeIfAbsent(target.topic(), _ -> reader(target));
            if (reader.join(subscriber)) {
                return new TopicSubscription(reader, subscriber, onClose);
            }
        }
    }

    private TopicReader reader(JmsTopic target) {
        return new TopicReader(
                target,
                directory,
                pool.next(),
                retryDelay,
                ended -> readers.remove(target.topic(), ended));
    }
}
