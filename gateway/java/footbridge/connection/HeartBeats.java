package footbridge.connection;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One direction of a connection's heart-beat: does something when nothing else has happened for a
/// while. Sleeps until the moment at which that could be, so a busy connection costs no more timers
/// than a quiet one.
final class HeartBeats {

    /// Share of the promised period after which the server breaks its silence.
    private static final double EARLY = 0.7;

    /// Grace for a client on top of twice its period (STOMP-RULES B7, ambiguity 29), milliseconds.
    private static final long MARGIN = 500;

    private final ScheduledExecutorService timers;
    private final LongSupplier lastActivity;
    private final Runnable onSilence;
    private final long periodNanos;
    private final boolean repeat;
    private @Nullable ScheduledFuture<?> next;
    private boolean stopped;

    private HeartBeats(
            ScheduledExecutorService timers,
            LongSupplier lastActivity,
            Runnable onSilence,
            long periodNanos,
            boolean repeat) {
        this.timers = timers;
        this.lastActivity = lastActivity;
        this.onSilence = onSilence;
        this.periodNanos = periodNanos;
        this.repeat = repeat;
    }

    /// Breaks the server's silence in time.
    ///
    /// @param period the longest silence promised, milliseconds
    static HeartBeats outgoing(
            ScheduledExecutorService timers, LongSupplier lastWrite, Runnable beat, int period) {
        long nanos = (long) (TimeUnit.MILLISECONDS.toNanos(period) * EARLY);
        return new HeartBeats(timers, lastWrite, beat, nanos, true).start();
    }

    /// Tells once when the client has been silent for longer than it may.
    ///
    /// @param period what the client promised, milliseconds
    static HeartBeats incoming(
            ScheduledExecutorService timers, LongSupplier lastRead, Runnable silent, int period) {
        long nanos = TimeUnit.MILLISECONDS.toNanos(2L * period + MARGIN);
        return new HeartBeats(timers, lastRead, silent, nanos, false).start();
    }

    private HeartBeats start() {
        schedule(periodNanos);
        return this;
    }

    private synchronized void schedule(long nanos) {
        if (!stopped) {
            next = timers.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void check() {
        long left = lastActivity.getAsLong() + periodNanos - System.nanoTime();
        if (left > 0) {
            schedule(left);
            return;
        }
        onSilence.run();
        if (repeat) {
            schedule(periodNanos);
        }
    }

    synchronized void stop() {
        stopped = true;
        if (next != null) {
            next.cancel(false);
        }
    }
}
