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

    synchronized void add(Refused refused) {
        if (kept.size() == KEPT) {
            kept.removeLast();
        }
        kept.addFirst(refused);
    }

    /// The latest first.
    public synchronized List<Refused> latestFirst() {
        return new ArrayList<>(kept);
    }
}
