package footbridge.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/// What all receivers of a queue have got. Safe for use by any thread.
final class Arrivals {

    private final Map<Copy, List<Arrival>> arrivals = new HashMap<>();
    private int life;
    private int all;

    synchronized Arrival arrived(Copy copy, String receiver, boolean redelivered) {
        var arrival = new Arrival(copy, receiver, life, redelivered);
        arrivals.computeIfAbsent(copy, _ -> new ArrayList<>(1)).add(arrival);
        all++;
        return arrival;
    }

    /// The broker is dead, all that it sent has arrived, and another is about to start.
    synchronized void nextLife() {
        life++;
    }

    synchronized int count() {
        return all;
    }

    synchronized Set<Copy> copies() {
        return new HashSet<>(arrivals.keySet());
    }

    /// Redeliveries that the rules forbid, each as what came and what came after it.
    synchronized List<String> forbidden() {
        return pairs((first, next) -> !first.mayComeAgainAs(next));
    }

    /// Messages that came again although an ACK of theirs had its RECEIPT, in the same form. In a
    /// group of Kafka others may come again without anybody's death.
    synchronized List<String> settledInVain() {
        return pairs((first, _) -> first.settled());
    }

    /// Redeliveries without their mark, in the same form.
    synchronized List<String> unmarked() {
        return pairs((first, next) -> first.mustBeMarkedIn(next) && !next.redelivered());
    }

    private List<String> pairs(BiPredicate<Arrival, Arrival> wanted) {
        List<String> pairs = new ArrayList<>();
        for (List<Arrival> each : arrivals.values()) {
            for (int i = 1; i < each.size(); i++) {
                if (wanted.test(each.get(i - 1), each.get(i))) {
                    pairs.add(each.get(i - 1) + " -> " + each.get(i));
                }
            }
        }
        return pairs;
    }

    @Override
    public synchronized String toString() {
        long numbers =
                arrivals.keySet().stream()
                        .map(copy -> new Copy(copy.sender(), 0, copy.number()))
                        .distinct()
                        .count();
        long marked =
                arrivals.values().stream()
                        .flatMap(List::stream)
                        .filter(Arrival::redelivered)
                        .count();
        return "received=%d duplicated: by sending again=%d, by redelivery=%d marked=%d"
                .formatted(all, arrivals.size() - numbers, all - arrivals.size(), marked);
    }
}
