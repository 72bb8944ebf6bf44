package footbridge.kafka.group;

import footbridge.backend.BackendFailure;
import footbridge.backend.Settlement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;

/// What the members of groups that a client has bring into one transaction. They wait until it is
/// closed. Confined to the connection's thread.
public final class Offers implements AutoCloseable {

    private final List<Offer> asked = new ArrayList<>();
    private final List<SettledOffsets> settled = new ArrayList<>();
    private boolean committed;

    private Offers() {}

    /// @param afterChange whether a group was changing when this was tried before
    /// @throws BackendFailure if a message is not the member's any more, or not the next
    public static Offers of(Map<GroupMember, List<Settlement>> settlements, boolean afterChange)
            throws BackendFailure, InterruptedException {
        Offers offers = new Offers();
        boolean complete = false;
        try {
            for (Map.Entry<GroupMember, List<Settlement>> each : settlements.entrySet()) {
                Offer offer = Offer.of(each.getValue(), afterChange);
                offers.asked.add(offer);
                each.getKey().ask(offer);
                offers.settled.add(offer.await());
            }
            complete = true;
            return offers;
        } finally {
            if (!complete) {
                offers.close();
            }
        }
    }

    /// Makes it a part of the producer's transaction.
    public void addTo(Producer<byte[], byte[]> producer) {
        settled.forEach(each -> each.addTo(producer));
    }

    /// The transaction was committed.
    public void committed() {
        committed = true;
    }

    /// The members go on.
    @Override
    public void close() {
        asked.forEach(offer -> offer.done().complete(committed));
    }
}
