package footbridge.connection;

import footbridge.backend.Delivery;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The messages of one subscription that wait for their connection's thread. Guarded by the lock of
/// its [Mailbox].
final class Lane {

    /// Takes a message, on the connection's thread.
    interface Taker {

        /// @param dropped how many before it were dropped since the last
        void take(Delivery delivery, long dropped);
    }

    /// Whose room the messages of a lane take.
    enum Kind {
        /// The reader serves this subscription alone, and waits until there is room.
        OWN_READER,
        /// The reader serves others too: what it brings is refused when there is no room.
        SHARED_READER,
        /// The same, but the oldest messages make room for the new ones.
        SHARED_READER_DROPS_OLDEST
    }

    private final Taker taker;
    private final Kind kind;
    private final int room;
    private final Queue<Delivery> waiting = new ArrayDeque<>(1);

    /// How many of those that wait, from the first on, came from a reader that waits for room.
    private int replayed;

    private long dropped;

    /// @param room how many messages may wait here of a reader that can be held up for this lane
    Lane(Taker taker, Kind kind, int room) {
        this.taker = taker;
        this.kind = kind;
        this.room = room;
    }

    /// Whether the room of the next message is that for readers which wait.
    boolean isPatient() {
        return kind == Kind.OWN_READER || replayed > 0;
    }

    /// Whether a reader that waits for this lane must go on waiting.
    boolean isFull() {
        return waiting.size() >= room;
    }

    /// Whether half of a full lane has been taken.
    boolean hasEased() {
        return waiting.size() == room / 2;
    }

    boolean ownReader() {
        return kind == Kind.OWN_READER;
    }

    boolean dropsOldest() {
        return kind == Kind.SHARED_READER_DROPS_OLDEST;
    }

    int size() {
        return waiting.size();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    void add(Delivery delivery) {
        waiting.add(delivery);
    }

    /// Nothing of a shared reader waits yet.
    void replay(Delivery delivery) {
        waiting.add(delivery);
        replayed++;
    }

    @Nullable Delivery poll() {
        replayed = Math.max(0, replayed - 1);
        return waiting.poll();
    }

    void countDropped() {
        dropped++;
    }

    /// What is to be done with a message that was polled.
    Runnable work(Delivery delivery) {
        long before = dropped;
        dropped = 0;
        return () -> taker.take(delivery, before);
    }
}
