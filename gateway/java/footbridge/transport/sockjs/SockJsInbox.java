package footbridge.transport.sockjs;

import java.util.ArrayDeque;
import java.util.Queue;

/// The POSTs that bring a SockJS session its client's messages. They are read one at a time and in
/// order, and none is while the client must wait: it feels that as a slow network.
///
/// Safe for use by any thread.
final class SockJsInbox {

    /// More than any client of the protocol has under way; each costs an unread request.
    private static final int LONGEST_QUEUE = 8;

    private final Queue<Runnable> waiting = new ArrayDeque<>(1);
    private boolean shut;
    private boolean reading;
    private volatile boolean connected;

    /// @param read run when it is this POST's turn; it is over with [#finished]
    /// @return false if too many wait, and this one must be refused
    boolean admit(Runnable read) {
        synchronized (waiting) {
            if (waiting.size() >= LONGEST_QUEUE) {
                return false;
            }
            waiting.add(read);
        }
        next();
        return true;
    }

    void finished() {
        synchronized (waiting) {
            reading = false;
        }
        next();
    }

    /// No POST is begun until [#open].
    void shut() {
        synchronized (waiting) {
            shut = true;
        }
    }

    void open() {
        synchronized (waiting) {
            shut = false;
        }
        next();
    }

    private void next() {
        Runnable read;
        synchronized (waiting) {
            if (shut || reading || waiting.isEmpty()) {
                return;
            }
            reading = true;
            read = waiting.remove();
        }
        read.run();
    }

    void connected() {
        connected = true;
    }

    /// Whether the client is known, and may send more at once.
    boolean isConnected() {
        return connected;
    }
}
