package footbridge.kafka.broadcast;

import footbridge.backend.Snapshots;
import footbridge.kafka.client.KafkaLimits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// How much the newest records of all topics of a cluster take together, and may take. A topic for
/// which there was no room is remembered for a while, so that not every subscriber has it read anew
/// in vain, and an operator sees it. Safe for use by any thread.
public final class SnapshotBudget {

    /// A topic may become smaller.
    static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final int MOST_REMEMBERED = 1_000;

    private final int mostKeys;
    private final long mostOctets;
    private final LongSupplier nanoTime;
    private final Map<String, Need> tooLarge = new LinkedHashMap<>();
    private int keys;
    private long octets;

    /// What a topic would have taken at the least.
    private record Need(int keys, long octets, long since) {}

    public SnapshotBudget(KafkaLimits limits) {
        this(limits, System::nanoTime);
    }

    SnapshotBudget(KafkaLimits limits, LongSupplier nanoTime) {
        this.mostKeys = limits.snapshotKeys();
        this.mostOctets = limits.snapshotOctets();
        this.nanoTime = nanoTime;
    }

    /// @return whether there was room
    synchronized boolean take(int moreKeys, long moreOctets) {
        if (!has(moreKeys, moreOctets)) {
            return false;
        }
        keys += moreKeys;
        octets += moreOctets;
        return true;
    }

    private boolean has(int moreKeys, long moreOctets) {
        return keys + moreKeys <= mostKeys && octets + moreOctets <= mostOctets;
    }

    synchronized void giveBack(int fewerKeys, long fewerOctets) {
        keys -= fewerKeys;
        octets -= fewerOctets;
    }

    /// There was no room for so much of a topic.
    synchronized void lacked(String topic, int neededKeys, long neededOctets) {
        tooLarge.remove(topic);
        tooLarge.put(topic, new Need(neededKeys, neededOctets, nanoTime.getAsLong()));
        if (tooLarge.size() > MOST_REMEMBERED) {
            tooLarge.remove(tooLarge.keySet().iterator().next());
        }
    }

    /// A topic is tried again.
    synchronized void forget(String topic) {
        tooLarge.remove(topic);
    }

    /// Whether there was no room for a topic lately, and is not more now than it would need.
    synchronized boolean isTooLarge(String topic) {
        Need need = tooLarge.get(topic);
        return need != null
                && nanoTime.getAsLong() - need.since() < REMEMBERED.toNanos()
                && !has(need.keys(), need.octets());
    }

    synchronized Snapshots kept() {
        List<String> without =
                tooLarge.keySet().stream().filter(this::isTooLarge).sorted().toList();
        return new Snapshots(keys, octets, without);
    }

    /// The settings, for the log.
    @Override
    public String toString() {
        return "snapshot-keys=%d snapshot-bytes=%d".formatted(mostKeys, mostOctets);
    }
}
