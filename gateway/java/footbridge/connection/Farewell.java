package footbridge.connection;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Sends the clients of a node away, some at a time; safe for use by any thread.
final class Farewell {

    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /// For the last word to who did not go in time.
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Departure terms;

    Farewell(Departure terms) {
        this.terms = terms;
    }

    /// How long one client is asked to stay away.
    Duration retryAfter() {
        long longest = terms.retryAfter().toMillis();
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest + 1));
    }

    /// Returns when all are gone, or the time is over.
    void sayTo(Set<Connection> live) {
        long begin = System.nanoTime();
        long step = step(live.size());
        long next = begin;
        for (Connection connection : List.copyOf(live)) {
            waitUntil(next);
            connection.shutDown(retryAfter());
            next += step;
        }
        awaitNone(live, begin + terms.timeout().toNanos());
        live.forEach(connection -> connection.shutDownNow(retryAfter()));
        awaitNone(live, System.nanoTime() + GRACE_NANOS);
    }

    /// Half of the time is left for what brokers have to confirm.
    private long step(int clients) {
        long wanted = TimeUnit.SECONDS.toNanos(1) / terms.rate();
        return Math.min(wanted, terms.timeout().toNanos() / 2 / Math.max(1, clients));
    }

    private static void waitUntil(long when) {
        long left;
        while ((left = when - System.nanoTime()) > 0) {
            LockSupport.parkNanos(left);
        }
    }

    private static void awaitNone(Set<Connection> live, long deadline) {
        while (!live.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(CHECK_NANOS);
        }
    }
}
