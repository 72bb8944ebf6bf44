package footbridge.connection;

import footbridge.stomp.WireFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/// Frames on their way to one client's socket: gathered, written together, and counted until the
/// socket has taken them. Confined to the connection's thread, [#beat] and [#lastWrite] aside.
///
/// That thread is woken when the socket has taken something only if somebody waits for that: a
/// thread for each RECEIPT and each message of a topic would cost more than writing it.
final class Outgoing {

    /// Written at once, so that one write carries many small frames.
    private static final int BATCH_BYTES = 32 * 1024;

    /// Unwritten octets above which no more messages are encoded.
    private static final int WINDOW_BYTES = 64 * 1024;

    private final ClientChannel channel;
    private final Mailbox mailbox;
    private List<OutgoingFrame> frames = new ArrayList<>(2);
    private List<LongConsumer> afterwards = new ArrayList<>(2);
    private List<LongConsumer> observers = new ArrayList<>(2);
    private int gathered;
    private final AtomicLong inFlight = new AtomicLong();
    private volatile boolean awaited;
    private volatile long lastWrite = System.nanoTime();

    Outgoing(ClientChannel channel, Mailbox mailbox) {
        this.channel = channel;
        this.mailbox = mailbox;
    }

    void add(WireFrame frame) {
        frames.add(new OutgoingFrame(frame));
        gathered += frame.size();
        if (gathered >= BATCH_BYTES) {
            flush();
        }
    }

    /// @param written told on the connection's thread when the socket has taken the frame, and when
    ///   that was, by [System#nanoTime]
    void add(WireFrame frame, LongConsumer written) {
        afterwards.add(written);
        add(frame);
    }

    /// @param observer told on the socket's thread, and so at once, when the socket has taken the
    ///   frame, and when that was; must return at once
    void addObserved(WireFrame frame, LongConsumer observer) {
        observers.add(observer);
        add(frame);
    }

    void flush() {
        if (frames.isEmpty()) {
            return;
        }
        List<OutgoingFrame> batch = frames;
        List<LongConsumer> then = afterwards;
        List<LongConsumer> watching = observers;
        int bytes = gathered;
        frames = new ArrayList<>(Math.min(batch.size(), 64));
        afterwards = new ArrayList<>(Math.min(then.size(), 64));
        observers = new ArrayList<>(Math.min(watching.size(), 64));
        gathered = 0;
        inFlight.addAndGet(bytes);
        lastWrite = System.nanoTime();
        channel.write(batch, () -> written(bytes, watching, then));
    }

    /// The socket's thread.
    private void written(int bytes, List<LongConsumer> watching, List<LongConsumer> then) {
        inFlight.addAndGet(-bytes);
        long now = System.nanoTime();
        tell(watching, now);
        if (awaited || !then.isEmpty()) {
            mailbox.event(() -> tell(then, now));
        }
    }

    private static void tell(List<LongConsumer> those, long now) {
        for (LongConsumer each : those) {
            each.accept(now);
        }
    }

    /// Whether the socket has so much to do that messages should wait; then the connection's thread
    /// is woken when it has taken some of it.
    boolean busy() {
        boolean full = full();
        if (full) {
            awaited = true;
            // What the socket took before it could see that somebody waits has woken nobody.
            full = full();
        }
        if (!full && awaited) {
            awaited = false;
        }
        return full;
    }

    private boolean full() {
        return inFlight.get() + gathered >= WINDOW_BYTES;
    }

    /// Octets that the socket has yet to take. Any thread.
    long unwritten() {
        return inFlight.get();
    }

    /// Writes a heart-beat, unless the socket has yet to take something and so is not silent. Any
    /// thread: the client hears from us also while the connection's thread waits for a broker.
    void beat() {
        if (inFlight.get() == 0) {
            lastWrite = System.nanoTime();
            channel.write(List.of(OutgoingFrame.HEART_BEAT), () -> {});
        }
    }

    /// When something was last written, by [System#nanoTime]. Any thread.
    long lastWrite() {
        return lastWrite;
    }
}
