package footbridge.bench;

import java.util.Arrays;

/// Samples of a time in nanoseconds; the first million of them. Confined to one thread.
final class Latencies {

    private static final int MOST = 1_000_000;

    private long[] nanos = new long[1_024];
    private int count;

    void add(long sample) {
        if (count == MOST) {
            return;
        }
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = sample;
    }

    void clear() {
        count = 0;
    }

    /// In milliseconds; not a number if there is no sample.
    double percentile(double percent) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int index = (int) Math.min(count - 1L, Math.round(percent / 100 * count));
        return sorted[index] / 1e6;
    }
}
