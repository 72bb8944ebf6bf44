package footbridge.access;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.LongSupplier;

/// Failures by a key within a window of time. Safe for use by any thread. When there are more keys
/// than it can hold, those whose first failure is longest ago are forgotten.
final class FailureCounts {

    static final int MAX_KEYS = 10_000;

    private final int limit;
    private final long windowNanos;
    private final LongSupplier nanos;

    /// In the order of the first failures.
    private final SequencedMap<String, Count> counts = new LinkedHashMap<>();

    private static final class Count {
        private final long since;
        private int failures;

        Count(long since) {
            this.since = since;
        }
    }

    /// @param limit 0 for none
    FailureCounts(int limit, Duration window, LongSupplier nanos) {
        this.limit = limit;
        this.windowNanos = window.toNanos();
        this.nanos = nanos;
    }

    synchronized void add(String key) {
        if (limit == 0) {
            return;
        }
        forget();
        counts.computeIfAbsent(key, _ -> new Count(nanos.getAsLong())).failures++;
        if (counts.size() > MAX_KEYS) {
            counts.pollFirstEntry();
        }
    }

    /// What is left of the window of a key with too many failures; else zero.
    synchronized Duration blocked(String key) {
        forget();
        Count count = counts.get(key);
        if (count == null || count.failures < limit) {
            return Duration.ZERO;
        }
        return Duration.ofNanos(count.since + windowNanos - nanos.getAsLong());
    }

    private void forget() {
        long now = nanos.getAsLong();
        Iterator<Count> oldest = counts.values().iterator();
        while (oldest.hasNext() && now - oldest.next().since >= windowNanos) {
            oldest.remove();
        }
    }

    synchronized int size() {
        return counts.size();
    }
}
