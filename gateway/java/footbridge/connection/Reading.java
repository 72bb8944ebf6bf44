package footbridge.connection;

import java.util.EnumSet;
import java.util.Set;

/// Whether a client is read from: not while there is a reason against it. Safe for use by any
/// thread.
final class Reading {

    /// Why a client must wait.
    enum Obstacle {
        MAILBOX_FULL,
        TOO_FAST
    }

    private final ClientChannel channel;
    private final Set<Obstacle> obstacles = EnumSet.noneOf(Obstacle.class);
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

    synchronized void stop(Obstacle obstacle) {
        if (obstacles.add(obstacle) && obstacles.size() == 1) {
            paused = true;
            channel.pause();
        }
    }

    synchronized void go(Obstacle obstacle) {
        if (obstacles.remove(obstacle) && obstacles.isEmpty()) {
            heard();
            paused = false;
            channel.resume();
        }
    }
}
