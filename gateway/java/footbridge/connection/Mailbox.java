package footbridge.connection;

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
    private final Queue<MessageTask> messages = new ArrayDeque<>(2);
    private final Runnable worker;
    private final long messageBytesLimit;
    private final int messagesLimit;

    private boolean running;
    private boolean framesHeld;
    private boolean messagesHeld;
    private boolean readingPaused;
    private boolean closed;
    private boolean messagesTurn;
    private long frameBytes;

    /// Messages whose readers wait for room, and those of shared readers, which wait for nobody: a
    /// busy queue must not make the gateway mistake its client for a slow reader of topics.
    private final Load patient = new Load();

    private final Load impatient = new Load();

    /// A frame's work and the octets it keeps in memory.
    record FrameTask(Runnable work, int bytes) {}

    /// A message's work and the octets it keeps in memory, counted against `load`.
    record MessageTask(Runnable work, int bytes, Load load) {}

    /// How much waits of one sort of message.
    private static final class Load {
        private int messages;
        private long bytes;

        void add(int size) {
            messages++;
            bytes += size;
        }

        void remove(int size) {
            messages--;
            bytes -= size;
        }
    }

    Mailbox(Runnable worker, long messageBytesLimit, int messagesLimit) {
        this.worker = worker;
        this.messageBytesLimit = messageBytesLimit;
        this.messagesLimit = messagesLimit;
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
    /// @return false if the queue is full, and the message was not taken
    boolean offer(Runnable work, int bytes) {
        lock.lock();
        try {
            if (full(impatient)) {
                return closed;
            }
            add(new MessageTask(work, bytes, impatient));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// A message of a reader that called [#awaitRoom] before.
    void message(Runnable work, int bytes) {
        lock.lock();
        try {
            add(new MessageTask(work, bytes, patient));
        } finally {
            lock.unlock();
        }
    }

    private void add(MessageTask message) {
        if (!closed) {
            messages.add(message);
            message.load().add(message.bytes());
            wake();
        }
    }

    /// Returns when one more message can be taken, or none will be any more.
    void awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && full(patient)) {
                room.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean full(Load load) {
        return load.messages >= messagesLimit || load.bytes >= messageBytesLimit;
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
        MessageTask message = messagesHeld ? null : messages.poll();
        if (message == null) {
            return null;
        }
        boolean wasFull = full(message.load());
        message.load().remove(message.bytes());
        if (wasFull) {
            room.signalAll();
        }
        return message.work();
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
