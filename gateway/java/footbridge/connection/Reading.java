package footbridge.connection;

/// Whether a client is read from: not while anybody has said [#stop] and not yet [#go]. The two of
/// a pair may come in either order, because they come from different threads. Safe for use by any
/// thread.
final class Reading {

    private final ClientChannel channel;
    private int stops;
    private volatile boolean paused;

    /// When the client was last heard, by [System#nanoTime].
    private volatile long lastHeard = System.nanoTime();

    Reading(ClientChannel channel) {
        this.channel = channel;
    }

    void heard() {
        lastHeard = System.nanoTime();
    }

    /// A client that is not read from cannot be blamed for silence.
    long lastHeard() {
        return paused ? System.nanoTime() : lastHeard;
    }

    synchronized void stop() {
        stops++;
        if (stops == 1) {
            paused = true;
            channel.pause();
        }
    }

    synchronized void go() {
        stops--;
        if (stops == 0) {
            heard();
            paused = false;
            channel.resume();
        }
    }
}
