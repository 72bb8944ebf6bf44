package footbridge.faults;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/// What senders have sent and what they hold receipts for. Safe for use by any thread.
final class Ledger {

    private final Set<Copy> sent = new HashSet<>();
    private final Set<Copy> receipted = new HashSet<>();
    private int again;

    /// @param repeated whether an earlier copy of the message got no receipt
    synchronized void sent(Copy copy, boolean repeated) {
        sent.add(copy);
        if (repeated) {
            again++;
        }
    }

    synchronized void receipted(Copy copy) {
        receipted.add(copy);
    }

    synchronized int receipts() {
        return receipted.size();
    }

    /// Copies with a receipt that nobody got.
    synchronized Set<Copy> lost(Collection<Copy> received) {
        Set<Copy> lost = new LinkedHashSet<>(receipted);
        lost.removeAll(new HashSet<>(received));
        return lost;
    }

    /// Copies that somebody got and nobody sent.
    synchronized Set<Copy> strays(Collection<Copy> received) {
        Set<Copy> strays = new LinkedHashSet<>(received);
        strays.removeAll(sent);
        return strays;
    }

    @Override
    public synchronized String toString() {
        return "sent=%d (of these again, for want of a receipt: %d) receipted=%d"
                .formatted(sent.size(), again, receipted.size());
    }
}
