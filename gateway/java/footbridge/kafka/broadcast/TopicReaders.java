package footbridge.kafka.broadcast;

import footbridge.backend.BackendFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The readers of the node, one for each topic that has a feed. The first feed starts it, the last
/// one stops it. Safe for use by any thread.
public final class TopicReaders implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofSeconds(3);

    private final Function<String, TopicReader> newReader;
    private final ConcurrentHashMap<String, TopicReader> readers = new ConcurrentHashMap<>();

    public TopicReaders(Function<String, TopicReader> newReader) {
        this.newReader = newReader;
    }

    /// Keeps a reader for a feed and returns it, once it stands at its places. It hands the feed
    /// nothing before that joins its [TopicReader#edge].
    ///
    /// @throws BackendFailure if the reader could not start; the feed is not told again
    TopicReader join(String name, Feed feed) throws BackendFailure, InterruptedException {
        TopicReader joined =
                readers.compute(
                        name,
                        (topic, running) -> {
                            TopicReader reader = running == null ? started(topic) : running;
                            reader.feeds().add(feed);
                            return reader;
                        });
        boolean ready = false;
        try {
            joined.awaitReady();
            ready = true;
            return joined;
        } finally {
            if (!ready) {
                leave(joined, feed);
            }
        }
    }

    /// Removes a feed, and the reader with its last one. Waits for records that are being handed
    /// over.
    void leave(TopicReader joined, Feed feed) {
        joined.edge().leave(feed);
        joined.feeds().remove(feed);
        readers.computeIfPresent(
                joined.topic(),
                (_, running) -> {
                    if (running != joined || !running.feeds().isEmpty()) {
                        return running;
                    }
                    running.stop();
                    return null;
                });
    }

    /// Stops all readers and tells their subscribers, for a bounded time.
    @Override
    public void close() {
        List<TopicReader> all = List.copyOf(readers.values());
        all.forEach(TopicReader::stop);
        long deadline = System.nanoTime() + CLOSING.toNanos();
        try {
            for (TopicReader reader : all) {
                reader.awaitEnd(Duration.ofNanos(deadline - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// How many topics are being read.
    int size() {
        return readers.size();
    }

    private TopicReader started(String topic) {
        TopicReader reader = newReader.apply(topic);
        reader.start(ended -> readers.remove(topic, ended));
        return reader;
    }
}
