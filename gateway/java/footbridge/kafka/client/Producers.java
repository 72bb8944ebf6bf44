package footbridge.kafka.client;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.kafka.clients.producer.Producer;

/// The producers of a node for one cluster, by the names that rules use, opened when they are first
/// needed. Safe for use by any thread.
public final class Producers {

    private static final System.Logger LOG = System.getLogger(Producers.class.getName());

    /// The name of the one that rules without a `producer` use; a setting cannot have it.
    public static final String COMMON = "";

    private final Function<String, Producer<byte[], byte[]>> open;
    private final Map<String, Producer<byte[], byte[]>> producers = new ConcurrentHashMap<>();

    /// @param open opens the producer of a name
    Producers(Function<String, Producer<byte[], byte[]>> open) {
        this.open = open;
    }

    Producer<byte[], byte[]> get(String name) {
        Producer<byte[], byte[]> present = producers.get(name);
        return present != null ? present : producers.computeIfAbsent(name, open);
    }

    /// Gives up a producer that will never send again; the next SEND opens another. What it had
    /// taken and not sent fails.
    void discard(String name, Producer<byte[], byte[]> broken) {
        if (producers.remove(name, broken)) {
            LOG.log(Level.WARNING, "Kafka producer replaced producer={0}", name);
            broken.close(Duration.ZERO);
        }
    }

    /// Gives up all of them.
    void forget() {
        take().forEach(old -> old.close(Duration.ZERO));
    }

    /// Sends what is waiting, all at once, for a bounded time.
    void close(Duration timeout) {
        List<Thread> closing =
                take().stream()
                        .map(producer -> Thread.ofVirtual().start(() -> producer.close(timeout)))
                        .toList();
        try {
            for (Thread thread : closing) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Producer<byte[], byte[]>> take() {
        Map<String, Producer<byte[], byte[]>> taken = new HashMap<>(producers);
        taken.forEach(producers::remove);
        return List.copyOf(taken.values());
    }
}
