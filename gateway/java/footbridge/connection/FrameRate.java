package footbridge.connection;

import java.util.concurrent.TimeUnit;

/// How many frames a client may send in a second. It may be early by a second's worth: what it did
/// not use for a while it may send at once. Confined to the client's event loop.
final class FrameRate {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long nanosPerFrame;

    /// When the frames so far would have come, had they come evenly.
    private long due;

    /// @param perSecond positive
    /// @param now of [System#nanoTime]
    FrameRate(int perSecond, long now) {
        this.nanosPerFrame = Math.max(1, SECOND / perSecond);
        this.due = now - SECOND;
    }

    /// Counts frames that have come.
    ///
    /// @return for how many nanoseconds the client is ahead of what it may; 0 if it is not
    long ahead(int frames, long now) {
        due = Math.max(due, now - SECOND) + frames * nanosPerFrame;
        return Math.max(0, due - now);
    }
}
