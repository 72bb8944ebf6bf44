package footbridge.kafka;

import footbridge.backend.BackendFailure;
import footbridge.backend.Subscriber;
import footbridge.backend.Target.KafkaTopic;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// The readers of the node, one for each topic that has a subscriber. The first subscriber starts
/// it, the last one stops it. Safe for use by any thread.
final class TopicReaders implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofSeconds(3);

    private final Function<String, TopicReader> newReader;
    private final ConcurrentHashMap<String, TopicReader> readers = new ConcurrentHashMap<>();

    TopicReaders(Function<String, TopicReader> newReader) {
        this.newReader = newReader;
    }

    /// Adds a subscriber and returns the reader that serves it, once that stands at its places.
    ///
    /// @throws BackendFailure if the reader could not start; the subscriber is not told again
    TopicReader join(KafkaTopic target, Subscriber subscriber)
            throws BackendFailure, InterruptedException {
        TopicReader joined =
                readers.compute(
                        target.topic(),
                        (topic, running) -> {
                            TopicReader reader = running == null ? started(topic) : running;
                            reader.fanout().add(target.key(), subscriber);
                            return reader;
                        });
        boolean ready = false;
        try {
            joined.awaitReady();
            ready = true;
            return joined;
        } finally {
            if (!ready) {
                leave(joined, target, subscriber);
            }
        }
    }

    /// Removes a subscriber, and the reader with its last one. Never blocks.
    void leave(TopicReader joined, KafkaTopic target, Subscriber subscriber) {
        joined.fanout().remove(target.key(), subscriber);
        readers.computeIfPresent(
                joined.topic(),
                (_, running) -> {
                    if (running != joined || !running.fanout().isEmpty()) {
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
