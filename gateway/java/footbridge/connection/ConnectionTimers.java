package footbridge.connection;

import footbridge.stomp.HeartBeat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// What happens to one connection because time passes, also while its client is silent. What is run
/// then is run on a thread of the node's timers, which it must not keep. Confined to the
/// connection's thread.
final class ConnectionTimers {

    private final ScheduledExecutorService node;
    private final List<HeartBeats> heartBeats = new ArrayList<>(2);
    private @Nullable ScheduledFuture<?> toConnect;
    private @Nullable ScheduledFuture<?> expiry;
    private @Nullable ScheduledFuture<?> pause;
    private @Nullable ScheduledFuture<?> turn;

    ConnectionTimers(ScheduledExecutorService node) {
        this.node = node;
    }

    void awaitConnect(Duration longest, Runnable late) {
        toConnect = node.schedule(late, longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// The client is connected.
    ///
    /// @param agreed as in [footbridge.session.SessionAction.KeepAlive]
    /// @param outgoing when something was last written, and how to write a beat
    /// @param incoming when something was last read, and what to do when that is too long ago
    void keepAlive(HeartBeat agreed, Direction outgoing, Direction incoming) {
        cancel(toConnect);
        if (agreed.outgoing() > 0) {
            heartBeats.add(
                    HeartBeats.outgoing(
                            node, outgoing.last(), outgoing.onSilence(), agreed.outgoing()));
        }
        if (agreed.incoming() > 0) {
            heartBeats.add(
                    HeartBeats.incoming(
                            node, incoming.last(), incoming.onSilence(), agreed.incoming()));
        }
    }

    /// One direction of the connection.
    ///
    /// @param last by [System#nanoTime]
    record Direction(LongSupplier last, Runnable onSilence) {}

    /// What the client proved itself with expires; takes the place of any such call before.
    void expireAt(Instant until, Runnable expired) {
        cancel(expiry);
        long millis = Duration.between(Instant.now(), until).toMillis();
        expiry = node.schedule(expired, Math.max(0, millis), TimeUnit.MILLISECONDS);
    }

    /// Runs something once after `wait`; nothing if it is to be run already.
    void inTurn(Duration wait, Runnable work) {
        if (turn == null || turn.isDone()) {
            turn = node.schedule(work, wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /// Whether the client has to wait, because it sends faster than a rule allows; its connection
    /// looks again when that is over.
    ///
    /// @param nanos how long; 0 for not at all
    /// @param event runs something on the connection's thread
    boolean mustPause(long nanos, Consumer<Runnable> event) {
        if (nanos > 0 && pause == null) {
            pause =
                    node.schedule(
                            () -> event.accept(() -> pause = null), nanos, TimeUnit.NANOSECONDS);
        }
        return nanos > 0;
    }

    void stop() {
        cancel(pause);
        cancel(turn);
        cancel(toConnect);
        cancel(expiry);
        heartBeats.forEach(HeartBeats::stop);
    }

    private static void cancel(@Nullable ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
