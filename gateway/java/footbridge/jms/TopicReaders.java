package footbridge.jms;

import footbridge.backend.BackendFailure;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The readers of the node, one for each topic and filter that has a subscriber.
///
/// Safe for use by any thread.
final class TopicReaders {

    private final LinkPool pool;
    private final Directory directory;
    private final Duration retryDelay;
    private final Map<TopicSelection, TopicReader> readers = new ConcurrentHashMap<>();

    TopicReaders(LinkPool pool, Directory directory, Duration retryDelay) {
        this.pool = pool;
        this.directory = directory;
        this.retryDelay = retryDelay;
    }

    /// Subscribes to a topic that exists. Blocks for a few round trips when the node has no reader
    /// of it yet.
    ///
    /// @param notFrom whose messages the subscriber does not want
    /// @param onClose told when the client closes the subscription
    Subscription subscribe(
            TopicSelection wanted,
            Optional<Origin> notFrom,
            Subscriber subscriber,
            Consumer<Subscription> onClose)
            throws BackendFailure {
        while (true) {
            TopicReader reader = readers.computeIfAbsent(wanted, this::reader);
            if (reader.join(notFrom, subscriber)) {
                return new TopicSubscription(reader, subscriber, onClose);
            }
        }
    }

    private TopicReader reader(TopicSelection wanted) {
        return new TopicReader(
                wanted, directory, pool.next(), retryDelay, ended -> readers.remove(wanted, ended));
    }
}
