package footbridge.connection;

import footbridge.backend.Delivery;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What waits for a connection's thread: events, the client's frames, and messages for the client.
///
/// A virtual thread exists only while there is something to do that may be done now; `worker` runs
/// on it, and never on two at once. Frames can be held back while too many sends are unconfirmed,
/// messages while the socket is busy; events never are.
final class Mailbox {

    private static final int FRAMES_HIGH = 256;
    private static final int FRAMES_LOW = 64;
    private static final long FRAME_BYTES_HIGH = 1 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Queue<Runnable> events = new ArrayDeque<>(2);
    private final Queue<FrameTask> frames = new ArrayDeque<>(2);
    private final Backlog messages;
    private final Runnable worker;

    private boolean running;
    private boolean framesHeld;
    private boolean messagesHeld;
    private boolean readingPaused;
    private boolean closed;
    private boolean messagesTurn;
    private long frameBytes;

    /// A frame's work and the octets it keeps in memory.
    record FrameTask(Runnable work, int bytes) {}

    Mailbox(Runnable worker, long messageBytesLimit, int messagesLimit) {
        this.worker = worker;
        this.messages = new Backlog(messageBytesLimit, messagesLimit);
    }

    void event(Runnable work) {
        lock.lock();
        try {
            if (!closed) {
                events.add(work);
                wake();
            }
        } finally {
            lock.unlock();
        }
    }

    /// @return whether so much waits now that the client must not be read from until
    ///   [#readingMayResume]
    boolean frame(Runnable work, int bytes) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            frames.add(new FrameTask(work, bytes));
            frameBytes += bytes;
            wake();
            if (readingPaused || (frames.size() < FRAMES_HIGH && frameBytes < FRAME_BYTES_HIGH)) {
                return false;
            }
            readingPaused = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// A message of a reader that serves others too, and does not wait.
    ///
    /// @return how many older messages were dropped for it; -1 if it was not taken and the client
    ///   is too slow
    int offer(Lane lane, Delivery delivery) {
        lock.lock();
        try {
            if (closed) {
                return 0;
            }
            int dropped = messages.offer(lane, delivery);
            wake();
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    /// A message of a reader that called [#awaitRoom] before.
    void message(Lane lane, Delivery delivery) {
        lock.lock();
        try {
            if (!closed) {
                messages.add(lane, delivery);
                wake();
            }
        } finally {
            lock.unlock();
        }
    }

    /// A message of a reader that called [#awaitRoom] before, ahead of those of a shared reader.
    void replay(Lane lane, Delivery delivery) {
        lock.lock();
        try {
            if (!closed) {
                messages.replay(lane, delivery);
                wake();
            }
        } finally {
            lock.unlock();
        }
    }

    /// A message of a reader that does not wait, for a lane that is waited for.
    ///
    /// @return false if there was no room
    boolean offerIfRoom(Lane lane, Delivery delivery) {
        lock.lock();
        try {
            if (closed) {
                return true;
            }
            if (messages.full()) {
                return false;
            }
            messages.add(lane, delivery);
            wake();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// The client may have one more message of this lane.
    void credit(Lane lane) {
        lock.lock();
        try {
            if (!closed) {
                messages.credit(lane);
                wake();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits until a message for this lane can be taken, or none will be any more.
    ///
    /// @return false if `most` has passed without
    boolean awaitRoom(Lane lane, Duration most) throws InterruptedException {
        lock.lock();
        try {
            long left = most.toNanos();
            while (!closed && (messages.full() || lane.isFull())) {
                if (left <= 0) {
                    return false;
                }
                left = room.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Returns when one more message can be taken, or none will be any more.
    void awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && messages.full()) {
                room.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /// How many messages wait in a lane. Any thread.
    int waiting(Lane lane) {
        lock.lock();
        try {
            return lane.size();
        } finally {
            lock.unlock();
        }
    }

    /// The next thing to do; null if nothing may be done now. For the worker only.
    @Nullable Runnable poll() {
        lock.lock();
        try {
            Runnable event = events.poll();
            if (event != null) {
                return event;
            }
            // Frames and messages take turns, so that neither waits for the end of the other.
            messagesTurn = !messagesTurn;
            Runnable work = messagesTurn ? pollMessage() : pollFrame();
            if (work != null) {
                return work;
            }
            return messagesTurn ? pollFrame() : pollMessage();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Runnable pollFrame() {
        FrameTask frame = framesHeld ? null : frames.poll();
        if (frame == null) {
            return null;
        }
        frameBytes -= frame.bytes();
        return frame.work();
    }

    private @Nullable Runnable pollMessage() {
        if (messagesHeld) {
            return null;
        }
        boolean wasFull = messages.full();
        Runnable message = messages.poll();
        if (wasFull || messages.eased()) {
            room.signalAll();
        }
        return message;
    }

    /// Says what may be done from now on. For the worker only.
    void hold(boolean holdFrames, boolean holdMessages) {
        lock.lock();
        try {
            framesHeld = holdFrames;
            messagesHeld = holdMessages;
        } finally {
            lock.unlock();
        }
    }

    /// Whether reading was paused and may go on; asks once per pause. For the worker only.
    boolean readingMayResume() {
        lock.lock();
        try {
            if (!readingPaused || framesHeld || frames.size() > FRAMES_LOW) {
                return false;
            }
            readingPaused = false;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// The worker's last question before it ends: true if there is nothing it may do.
    boolean rest() {
        lock.lock();
        try {
            running = workable();
            return !running;
        } finally {
            lock.unlock();
        }
    }

    /// Forgets what waits and takes nothing more but what the worker itself still does.
    void close() {
        lock.lock();
        try {
            closed = true;
            events.clear();
            frames.clear();
            messages.clear();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        if (!running && workable()) {
            running = true;
            Thread.ofVirtual().start(worker);
        }
    }

    private boolean workable() {
        return !events.isEmpty()
                || (!framesHeld && !frames.isEmpty())
                || (!messagesHeld && !messages.isEmpty());
    }
}
