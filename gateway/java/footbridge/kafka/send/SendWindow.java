package footbridge.kafka.send;

import footbridge.backend.BackendFailure;
import footbridge.backend.Confirmation;
import footbridge.kafka.client.Failures;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// How much of one topic may be on its way at once in one producer.
///
/// A producer gives a record up that has waited for its send timeout, and a client quota can make
/// it wait for longer. So records are taken no faster than they leave: the clients that send them
/// are read from more slowly, and none of them fails. The window grows while records are confirmed
/// quickly and fill it, so that nobody else notices it, and shrinks when they take a quarter of the
/// timeout. One for each topic, so that one that is stuck holds up no other. Safe for use by any
/// thread.
final class SendWindow {

    /// What may be on its way at least, in octets.
    private static final long LEAST = 64 * 1024;

    private static final long FIRST = 256 * 1024;
    private static final Duration LOOK = Duration.ofMillis(100);

    private final BooleanSupplier throttled;
    private final long timeoutNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private long outstanding;
    private long window = FIRST;
    private long shrunkAt = System.nanoTime();

    /// @param throttled whether the cluster has made the producer wait lately
    /// @param timeout how long a record may wait
    SendWindow(BooleanSupplier throttled, Duration timeout) {
        this.throttled = throttled;
        this.timeoutNanos = timeout.toNanos();
    }

    /// Waits for room and takes it.
    ///
    /// @param leaving whether the sender is about to go and waits no more
    /// @return what gives the room back when it is told how the send ended, and passes that on
    /// @throws BackendFailure if there is none in time, without a quota that is a reason to wait
    Passage enter(long octets, Confirmation confirmation, BooleanSupplier leaving)
            throws BackendFailure, InterruptedException {
        lock.lockInterruptibly();
        try {
            long start = System.nanoTime();
            while (isFull(octets)) {
                if (leaving.getAsBoolean()) {
                    throw new InterruptedException("the client leaves");
                }
                if (System.nanoTime() - start > timeoutNanos && !throttled.getAsBoolean()) {
                    throw Failures.full();
                }
                var _ = room.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            }
            outstanding += octets;
        } finally {
            lock.unlock();
        }
        return new Passage(octets, confirmation, System.nanoTime());
    }

    private boolean isFull(long octets) {
        return outstanding > 0 && outstanding + octets > Math.max(LEAST, window);
    }

    private void left(long octets, long since) {
        lock.lock();
        try {
            outstanding -= octets;
            adapt(octets, since);
            room.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Less where records are slow, once until it shows; more where they are quick and there was
    /// need of it.
    private void adapt(long octets, long since) {
        long now = System.nanoTime();
        if (now - since > timeoutNanos / 4) {
            if (since - shrunkAt > 0) {
                window = Math.max(LEAST, window / 2);
                shrunkAt = now;
            }
        } else if (now - since < timeoutNanos / 8) {
            window = Math.min(window + octets, Math.max(FIRST, 2 * outstanding));
        }
    }

    /// One record's room, which is given back once: when the broker has answered, or with [#leave].
    final class Passage implements Confirmation {

        private final long octets;
        private final Confirmation whole;
        private final long since;

        Passage(long octets, Confirmation whole, long since) {
            this.octets = octets;
            this.whole = whole;
            this.since = since;
        }

        /// The producer has not taken the record.
        void leave() {
            left(octets, since);
        }

        @Override
        public void confirmed() {
            left(octets, since);
            whole.confirmed();
        }

        @Override
        public void confirmed(Map<String, String> place) {
            left(octets, since);
            whole.confirmed(place);
        }

        @Override
        public void failed(BackendFailure why) {
            left(octets, since);
            whole.failed(why);
        }
    }
}
