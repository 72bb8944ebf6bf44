package footbridge.connection;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// How fast one client sends, rule by rule: who has sent for a second ahead of its rate has to
/// wait. Confined to the connection's thread.
final class Pacing {

    /// More rules at once are for somebody else to limit; a client gains nothing but a new second.
    private static final int MOST_RULES = 1_000;

    private static final long BURST = TimeUnit.SECONDS.toNanos(1);

    /// When the sends of a rule so far would be over at its rate, by [System#nanoTime].
    private final Map<String, Long> paidUntil = new HashMap<>();

    private long heldUntil;

    /// A send of the rule.
    ///
    /// @param now by [System#nanoTime]
    void took(String rule, int perSecond, long now) {
        if (paidUntil.size() >= MOST_RULES) {
            paidUntil.values().removeIf(until -> until - now <= 0);
        }
        long paid = paidUntil.getOrDefault(rule, now);
        long next = Math.max(paid - now, 0) + now + TimeUnit.SECONDS.toNanos(1) / perSecond;
        paidUntil.put(rule, next);
        if (next - BURST - now > heldFor(now)) {
            heldUntil = next - BURST;
        }
    }

    /// Rules that are remembered.
    int size() {
        return paidUntil.size();
    }

    /// How long nothing may be read from the client, in nanoseconds; 0 if it may now.
    long heldFor(long now) {
        return heldUntil == 0 ? 0 : Math.max(heldUntil - now, 0);
    }
}
