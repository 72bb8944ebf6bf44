package footbridge.telemetry;

import footbridge.connection.report.ConnectionView;
import footbridge.connection.report.SubscriptionView;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How much there is of what connections hold, rule by rule. All connections are counted when
/// somebody asks, and at most once a second, so that traffic pays nothing for it. Safe for use by
/// any thread.
final class Census {

    private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

    private Supplier<Stream<ConnectionView>> connections = Stream::of;
    private @Nullable Result last;

    /// What there is of one rule.
    record Count(int subscriptions, long held, long waiting) {

        private static final Count NONE = new Count(0, 0, 0);

        private Count and(SubscriptionView one) {
            return new Count(subscriptions + 1, held + one.held(), waiting + one.waiting());
        }
    }

    private record Result(long at, long unwritten, Map<String, Count> byRule) {}

    /// From now on counts these.
    synchronized void count(Supplier<Stream<ConnectionView>> all) {
        connections = all;
        last = null;
    }

    synchronized Count of(String rule) {
        return result().byRule().getOrDefault(rule, Count.NONE);
    }

    /// Octets that clients' sockets have yet to take.
    synchronized long unwritten() {
        return result().unwritten();
    }

    private Result result() {
        Result known = last;
        long now = System.nanoTime();
        if (known != null && now - known.at() < FRESH) {
            return known;
        }
        long[] unwritten = new long[1];
        Map<String, Count> byRule = new HashMap<>();
        connections
                .get()
                .forEach(connection -> {
                    unwritten[0] += connection.unwritten();
                    connection.subscriptions().forEach(one -> add(one, byRule));
                });
        Result counted = new Result(now, unwritten[0], byRule);
        last = counted;
        return counted;
    }

    private static void add(SubscriptionView one, Map<String, Count> byRule) {
        byRule.put(one.rule(), byRule.getOrDefault(one.rule(), Count.NONE).and(one));
    }
}
