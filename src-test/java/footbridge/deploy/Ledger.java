package footbridge.deploy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// What became of every message and every connection of a rolling restart. Safe for use by any
/// thread.
final class Ledger {

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> received = new ConcurrentHashMap<>();
    private final Set<String> settled = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Long> returns = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> absences = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();

    /// A SEND has its receipt.
    void confirmed(String id) {
        confirmed.add(id);
    }

    void received(String id) {
        if (settled.contains(id)) {
            faults.add(id + " came again after its ACK had a receipt");
        }
        received.merge(id, 1, Integer::sum);
    }

    /// An ACK has its receipt.
    void settled(String id) {
        settled.add(id);
    }

    /// A client is connected again.
    void returned(long absentNanos) {
        returns.add(System.nanoTime());
        absences.add(absentNanos);
    }

    /// A client was not let in and tries again.
    void refused() {
        refusals.incrementAndGet();
    }

    void fault(String what) {
        faults.add(what);
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    int sends() {
        return confirmed.size();
    }

    int returns() {
        return returns.size();
    }

    int refusals() {
        return refusals.get();
    }

    /// Confirmed messages that nobody has received and settled for good.
    long unsettled() {
        return confirmed.stream().filter(id -> !settled.contains(id)).count();
    }

    /// Messages that came more than once, each before its ACK had a receipt.
    long repeated() {
        return received.values().stream().filter(times -> times > 1).count();
    }

    /// The most clients that came back within one second.
    int mostReturnsInASecond() {
        List<Long> times = returns.stream().sorted().toList();
        int most = 0;
        int first = 0;
        for (int last = 0; last < times.size(); last++) {
            while (times.get(last) - times.get(first) > WINDOW_NANOS) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    /// How long a client was without a connection, in ms: the share that took no longer.
    long absence(double share) {
        List<Long> sorted = absences.stream().sorted().toList();
        int index = (int) Math.min(sorted.size() - 1L, Math.round(sorted.size() * share));
        return sorted.isEmpty() ? 0 : TimeUnit.NANOSECONDS.toMillis(sorted.get(index));
    }
}
