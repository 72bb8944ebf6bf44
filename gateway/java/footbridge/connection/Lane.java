package footbridge.connection;

import footbridge.backend.Delivery;
import org.jspecify.annotations.Nullable;

/// The messages of one subscription that wait for their connection's thread. Guarded by the lock of
/// its [Mailbox].
final class Lane {

    /// The credit of a client whose settlements are not counted here.
    static final int UNLIMITED = Integer.MAX_VALUE;

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
        SHARED_READER_DROPS_OLDEST,
        /// The same, but a message takes the place of an older one of its key.
        SHARED_READER_CONFLATES
    }

    private final Taker taker;
    private final Kind kind;
    private final int room;
    private final WaitingMessages waiting;

    /// How many of those that wait, from the first on, came from a reader that waits for room.
    private int replayed;

    private long dropped;

    /// How many more the client may have.
    private int credit;

    /// @param room how many messages may wait here of a reader that can be held up for this lane
    /// @param credit how many messages the client may have that it has not settled
    Lane(Taker taker, Kind kind, int room, int credit) {
        this.taker = taker;
        this.kind = kind;
        this.waiting =
                kind == Kind.SHARED_READER_CONFLATES
                        ? WaitingMessages.conflated()
                        : WaitingMessages.inOrder();
        this.room = room;
        this.credit = credit;
    }

    /// Whether a message waits that the client may have.
    boolean isReady() {
        return !waiting.isEmpty() && credit > 0;
    }

    /// @return whether that is the first after none
    boolean addCredit() {
        if (credit != UNLIMITED) {
            credit++;
        }
        return credit == 1;
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

    /// Its messages change places, so all of them take the room of shared readers.
    boolean conflates() {
        return kind == Kind.SHARED_READER_CONFLATES;
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

    /// @return the older message whose place it took; null if there was none
    @Nullable Delivery add(Delivery delivery) {
        return waiting.add(delivery);
    }

    /// Whether a message would take the place of an older one.
    boolean replaces(Delivery delivery) {
        return waiting.replaces(delivery);
    }

    /// Nothing of a shared reader waits yet.
    ///
    /// @return the older message whose place it took; null if there was none
    @Nullable Delivery replay(Delivery delivery) {
        if (!conflates()) {
            replayed++;
        }
        return waiting.add(delivery);
    }

    @Nullable Delivery poll() {
        replayed = Math.max(0, replayed - 1);
        return waiting.poll();
    }

    void countDropped() {
        dropped++;
    }

    /// What is to be done with a message that was polled; uses up credit.
    Runnable work(Delivery delivery) {
        if (credit != UNLIMITED) {
            credit--;
        }
        long before = dropped;
        dropped = 0;
        return () -> taker.take(delivery, before);
    }
}
