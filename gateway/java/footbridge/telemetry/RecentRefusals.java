package footbridge.telemetry;

import footbridge.connection.report.Refused;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The last ERRORs that clients got, for operators who ask why. Safe for use by any thread.
public final class RecentRefusals {

    private static final int KEPT = 500;

    private final Deque<Refused> kept = new ArrayDeque<>(KEPT);

    private long total;

    synchronized void add(Refused refused) {
        total++;
        if (kept.size() == KEPT) {
            kept.removeLast();
        }
        kept.addFirst(refused);
    }

    /// How many there have been since the start.
    public synchronized long total() {
        return total;
    }

    /// The latest first.
    public synchronized List<Refused> latestFirst() {
        return new ArrayList<>(kept);
    }
}
