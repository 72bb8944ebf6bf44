package footbridge.session;

import footbridge.backend.Target;
import footbridge.mapping.AnswerDestinations;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Those who have asked this client something and wait for its answer on a temporary queue of
/// theirs. The client is shown a destination that means such a queue on its own connection only;
/// its name at the broker it never learns. When there are too many the one that asked longest ago
/// is forgotten. Confined to its session.
final class Askers {

    /// What such destinations begin with, as RabbitMQ has it.
    static final String PREFIX = AnswerDestinations.ANSWERING;

    private final int limit;
    private final Map<Target, String> destinations = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Target> targets = new HashMap<>();
    private long number;

    Askers(int limit) {
        this.limit = limit;
    }

    static boolean isOne(String destination) {
        return destination.startsWith(PREFIX);
    }

    /// The destination that stands for `target`, the same each time.
    String destinationOf(Target target) {
        String known = destinations.get(target);
        if (known != null) {
            return known;
        }
        if (destinations.size() >= limit) {
            Target eldest = destinations.keySet().iterator().next();
            targets.remove(destinations.remove(eldest));
        }
        number++;
        String made = PREFIX + number;
        destinations.put(target, made);
        targets.put(made, target);
        return made;
    }

    Target target(String destination) throws Refusal {
        return Optional.ofNullable(targets.get(destination))
                .orElseThrow(() ->
                        new Refusal(
                                ErrorCode.NO_SUCH_DESTINATION,
                                "Nobody is known to wait at '%s'; the last %d who asked are remembered."
                                        .formatted(destination, limit)));
    }
}
