package footbridge.connection;

import footbridge.backend.Delivery;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The messages that wait for one client, lane by lane, and how much they are. Lanes take turns, so
/// that a busy subscription does not hold up the others. Guarded by the lock of its [Mailbox].
///
/// A message costs its lane one reference: its body and headers are shared with all who wait for
/// the same one, so a thousand slow readers of a topic cost little more than one.
final class Backlog {

    /// What a message counts beside its body: headers and entry.
    private static final int OVERHEAD_BYTES = 128;

    private final long bytesLimit;
    private final int messagesLimit;
    private final Queue<Lane> lanes = new ArrayDeque<>(1);

    /// Messages whose readers wait for room, and those of shared readers, which wait for nobody: a
    /// busy queue must not make the gateway mistake its client for a slow reader of topics.
    private final Load patient = new Load();

    private final Load impatient = new Load();

    private boolean eased;

    /// How much waits of one sort of message.
    private final class Load {
        private int messages;
        private long bytes;

        void add(Delivery delivery) {
            messages++;
            bytes += size(delivery);
        }

        void remove(Delivery delivery) {
            messages--;
            bytes -= size(delivery);
        }

        boolean full() {
            return messages >= messagesLimit || bytes >= bytesLimit;
        }
    }

    Backlog(long bytesLimit, int messagesLimit) {
        this.bytesLimit = bytesLimit;
        this.messagesLimit = messagesLimit;
    }

    private static int size(Delivery delivery) {
        return delivery.message().size() + OVERHEAD_BYTES;
    }

    /// Takes a message of a shared reader.
    ///
    /// @return how many older messages were dropped for it; -1 if it was not taken and the client
    ///   is too slow
    int offer(Lane lane, Delivery delivery) {
        if (lane.replaces(delivery)) {
            add(lane, delivery);
            return 1;
        }
        int dropped = 0;
        while (impatient.full()) {
            if (!lane.dropsOldest()) {
                return -1;
            }
            dropped++;
            lane.countDropped();
            Load load = load(lane);
            Delivery oldest = lane.poll();
            if (oldest == null) {
                // Other subscriptions fill the client's queue: there is nothing older to drop.
                return dropped;
            }
            load.remove(oldest);
            if (lane.isEmpty()) {
                lanes.remove(lane);
            }
        }
        add(lane, delivery);
        return dropped;
    }

    /// Takes a message whether there is room or not.
    void add(Lane lane, Delivery delivery) {
        Load load = lane.ownReader() ? patient : impatient;
        account(lane, load, delivery, lane.add(delivery));
    }

    /// Takes a message of a reader that has waited for room, ahead of those of a shared one.
    void replay(Lane lane, Delivery delivery) {
        Load load = lane.conflates() ? impatient : patient;
        account(lane, load, delivery, lane.replay(delivery));
    }

    private void account(Lane lane, Load load, Delivery delivery, @Nullable Delivery replaced) {
        load.add(delivery);
        if (replaced == null) {
            turn(lane);
        } else {
            load.remove(replaced);
            lane.countDropped();
        }
    }

    /// The client may have one more message of a lane.
    void credit(Lane lane) {
        if (lane.addCredit() && lane.isReady()) {
            lanes.add(lane);
        }
    }

    /// A lane's first message has come.
    private void turn(Lane lane) {
        if (lane.size() == 1 && lane.isReady()) {
            lanes.add(lane);
        }
    }

    /// Where the lane's next message counts.
    private Load load(Lane lane) {
        return lane.isPatient() ? patient : impatient;
    }

    /// Whether readers that wait must go on waiting.
    boolean full() {
        return patient.full();
    }

    /// The next message's work; null if there is none.
    @Nullable Runnable poll() {
        Lane lane = lanes.poll();
        if (lane == null) {
            return null;
        }
        Load load = load(lane);
        Delivery delivery = lane.poll();
        if (delivery == null) {
            return null;
        }
        load.remove(delivery);
        eased = lane.hasEased();
        Runnable work = lane.work(delivery);
        if (lane.isReady()) {
            lanes.add(lane);
        }
        return work;
    }

    /// Whether the last message taken has made room in its lane.
    boolean eased() {
        return eased;
    }

    boolean isEmpty() {
        return lanes.isEmpty();
    }

    void clear() {
        lanes.clear();
    }
}
