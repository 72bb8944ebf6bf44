package footbridge.kafka.broadcast;

import footbridge.backend.BackendFailure;
import footbridge.backend.Delivery;
import footbridge.backend.Subscriber;
import footbridge.kafka.record.Records;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What one subscription gets of a topic: first what its own [CatchUp] reads, then what has been
/// gathered meanwhile, then what the shared reader has. Each record once, in this order.
final class Feed {

    private static final int MOST_GATHERED = 5_000;
    private static final long MOST_OCTETS = 1 << 20;

    /// What a record counts beside its body.
    private static final int OVERHEAD = 128;

    private final Wanted wanted;
    private final Subscriber subscriber;
    private final boolean mayLag;
    private final Consumer<Passing> lagging;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.APART);
    private final ReentrantLock lock = new ReentrantLock();
    private List<Passing> gathered = new ArrayList<>();
    private long octets;
    private volatile @Nullable Boolean recovered;

    /// Who brings the records now.
    private enum Phase {
        /// A reader of its own.
        APART,
        /// The same, while the shared reader's records are gathered.
        GATHERING,
        /// The shared reader.
        LIVE,
        CLOSED
    }

    /// @param mayLag whether a subscriber that has no room is left to a reader of its own
    /// @param lagging told then, on the shared reader's thread, with the first record that it lacks
    Feed(Wanted wanted, Subscriber subscriber, boolean mayLag, Consumer<Passing> lagging) {
        this.wanted = wanted;
        this.subscriber = subscriber;
        this.mayLag = mayLag;
        this.lagging = lagging;
    }

    Wanted wanted() {
        return wanted;
    }

    boolean isOpen() {
        return phase.get() != Phase.CLOSED;
    }

    boolean isLive() {
        return phase.get() == Phase.LIVE;
    }

    /// The next message says whether everything before it is there.
    void tell(boolean allThere) {
        recovered = allThere;
    }

    /// The shared reader lacks records before those that it has next. A feed that gathers has not
    /// come to them, so it reads on by itself and finds out when it does. The shared reader's
    /// thread.
    void gap() {
        lock.lock();
        try {
            if (phase.compareAndSet(Phase.GATHERING, Phase.APART)) {
                forget();
            } else if (isLive()) {
                tell(false);
            }
        } finally {
            lock.unlock();
        }
    }

    /// A record of the shared reader, on its thread.
    ///
    /// @return whether this feed stays with it
    boolean pass(Passing record) {
        return switch (phase.get()) {
            case LIVE -> live(record);
            case GATHERING -> gather(record);
            case APART, CLOSED -> false;
        };
    }

    private boolean live(Passing record) {
        Delivery delivery = told(record.delivery());
        if (!mayLag) {
            subscriber.deliver(delivery);
        } else if (!subscriber.offer(delivery)) {
            if (phase.compareAndSet(Phase.LIVE, Phase.APART)) {
                lagging.accept(record);
            }
            return false;
        }
        recovered = null;
        return true;
    }

    private boolean gather(Passing record) {
        lock.lock();
        try {
            if (phase.get() == Phase.LIVE) {
                return live(record);
            }
            if (gathered.size() >= MOST_GATHERED || octets >= MOST_OCTETS) {
                phase.compareAndSet(Phase.GATHERING, Phase.APART);
            }
            if (phase.get() != Phase.GATHERING) {
                return false;
            }
            gathered.add(record);
            octets += record.delivery().message().size() + OVERHEAD;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// What has been gathered until now. When that is nothing the feed is live from here on, or
    /// apart again where there was more than it may gather.
    List<Passing> takeGathered() {
        lock.lock();
        try {
            List<Passing> taken = gathered;
            forget();
            if (taken.isEmpty()) {
                phase.compareAndSet(Phase.GATHERING, Phase.LIVE);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void forget() {
        gathered = new ArrayList<>();
        octets = 0;
    }

    /// Gathers from now on.
    ///
    /// @return whether it is not closed
    boolean gather() {
        return phase.compareAndSet(Phase.APART, Phase.GATHERING);
    }

    /// Gathers no more, and forgets.
    void part() {
        lock.lock();
        try {
            phase.compareAndSet(Phase.GATHERING, Phase.APART);
            forget();
        } finally {
            lock.unlock();
        }
    }

    /// Is with the shared reader from now on, unless closed.
    boolean goLive() {
        return phase.compareAndSet(Phase.APART, Phase.LIVE);
    }

    /// Waits until the subscriber has room, or until `most` has passed.
    boolean awaitRoom(Duration most) throws InterruptedException {
        return subscriber.awaitRoom(most);
    }

    /// A record of its own reader, or one that was gathered.
    void replay(Delivery delivery) {
        subscriber.replay(told(delivery));
        recovered = null;
    }

    private Delivery told(Delivery delivery) {
        Boolean told = recovered;
        return told == null
                ? delivery
                : delivery.with(delivery.message().with(Records.RECOVERED, told.toString()));
    }

    /// Nothing more will come.
    void end(BackendFailure why) {
        if (phase.getAndSet(Phase.CLOSED) != Phase.CLOSED) {
            subscriber.ended(why);
        }
    }

    void close() {
        phase.set(Phase.CLOSED);
    }
}
