package footbridge.connection;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// How many connections there are, and who may have one more. Safe for use by any thread.
public final class Admission {

    private final int mostOnNode;
    private final int mostOfAddress;
    private final AtomicInteger onNode = new AtomicInteger();
    private final Map<String, Integer> ofAddress = new ConcurrentHashMap<>();

    /// @param mostOfAddress 0 for no limit
    public Admission(int mostOnNode, int mostOfAddress) {
        this.mostOnNode = mostOnNode;
        this.mostOfAddress = mostOfAddress;
    }

    /// Counts the connection if it is welcome; it is counted until [#leave].
    ///
    /// @return why it is not, for the client; empty if it is
    Optional<String> admit(Arrival arrival) {
        if (onNode.incrementAndGet() > mostOnNode) {
            onNode.decrementAndGet();
            return Optional.of("This server has as many connections as it takes; try later.");
        }
        if (counts(arrival) && isFull(arrival.address())) {
            onNode.decrementAndGet();
            return Optional.of(
                    "There are as many connections from this address as the server takes.");
        }
        return Optional.empty();
    }

    private boolean isFull(String address) {
        int count = ofAddress.merge(address, 1, Integer::sum);
        if (count <= mostOfAddress) {
            return false;
        }
        forget(address);
        return true;
    }

    /// A connection that was welcome has ended.
    void leave(Arrival arrival) {
        onNode.decrementAndGet();
        if (counts(arrival)) {
            forget(arrival.address());
        }
    }

    private boolean counts(Arrival arrival) {
        return mostOfAddress > 0 && !arrival.shared();
    }

    private void forget(String address) {
        ofAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
    }
}
