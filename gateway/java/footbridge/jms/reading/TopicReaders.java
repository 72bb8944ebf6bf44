package footbridge.jms.reading;

import footbridge.backend.Account;
import footbridge.backend.BackendFailure;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import footbridge.jms.link.ClientLink;
import footbridge.jms.link.Directory;
import footbridge.jms.link.Link;
import footbridge.jms.link.LinkPool;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The readers of the node, one for each topic, filter and account that has a subscriber.
///
/// Safe for use by any thread.
public final class TopicReaders {

    private final LinkPool pool;
    private final Directory directory;
    private final Duration retryDelay;
    private final Map<Wanted, TopicReader> readers = new ConcurrentHashMap<>();

    /// @param account of the clients to whom the broker has opened it; empty for the gateway's own
    private record Wanted(TopicSelection messages, Optional<Account> account) {}

    public TopicReaders(LinkPool pool, Directory directory, Duration retryDelay) {
        this.pool = pool;
        this.directory = directory;
        this.retryDelay = retryDelay;
    }

    /// Subscribes to a topic that exists. Blocks for a few round trips when the node has no reader
    /// of it yet.
    ///
    /// @param account by which the broker knows the client; it shares only with those who have the
    ///   same, password and all
    /// @param notFrom whose messages the subscriber does not want
    /// @param onClose told when the client closes the subscription
    public Subscription subscribe(
            Optional<Account> account,
            TopicSelection messages,
            Optional<Origin> notFrom,
            Subscriber subscriber,
            Consumer<Subscription> onClose)
            throws BackendFailure {
        var wanted = new Wanted(messages, account);
        while (true) {
            TopicReader reader = readers.computeIfAbsent(wanted, this::reader);
            if (reader.join(notFrom, subscriber)) {
                return new TopicSubscription(reader, subscriber, onClose);
            }
        }
    }

    private TopicReader reader(Wanted wanted) {
        Link shared = pool.next();
        return new TopicReader(
                wanted.messages(),
                wanted.account().isPresent() ? Directory.ofClient() : directory,
                wanted.account().<Link>map(own -> new ClientLink(shared, own)).orElse(shared),
                retryDelay,
                ended -> readers.remove(wanted, ended));
    }
}
