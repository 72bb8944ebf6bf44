package footbridge.kafka.send;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/// Whether its cluster has made a producer wait within the last minute, or one of several, because
/// of a quota; producers tell it in their metrics. Looked up ten times a second at most. Safe for
/// use by any thread.
final class Throttle implements BooleanSupplier {

    private static final String LONGEST_WAIT = "produce-throttle-time-max";
    private static final long KEEP = Duration.ofMillis(100).toNanos();

    private final Supplier<Iterable<? extends Metric>> metrics;
    private volatile Seen seen;

    private record Seen(boolean throttled, long at) {}

    /// @param metrics of the producer, or of all, as it is now
    Throttle(Supplier<Iterable<? extends Metric>> metrics) {
        this.metrics = metrics;
        this.seen = new Seen(false, System.nanoTime() - KEEP);
    }

    @Override
    public boolean getAsBoolean() {
        Seen last = seen;
        long now = System.nanoTime();
        if (now - last.at() >= KEEP) {
            last = new Seen(look(), now);
            seen = last;
        }
        return last.throttled();
    }

    private boolean look() {
        for (Metric metric : metrics.get()) {
            MetricName name = metric.metricName();
            if (name.name().equals(LONGEST_WAIT)
                    && metric.metricValue() instanceof Double longest
                    && longest > 0) {
                return true;
            }
        }
        return false;
    }
}
