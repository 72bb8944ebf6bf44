package footbridge.jms;

import footbridge.backend.BackendFailure;
import footbridge.backend.Settlement;
import footbridge.jms.link.Failures;
import footbridge.jms.link.LiveLink;
import footbridge.jms.reading.HeldDelivery;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.api.core.client.ClientSession;

/// Settles what one client holds, alone or together with what it sends.
///
/// Confined to the connection's thread.
final class Settling {

    private static final Logger LOG = System.getLogger(Settling.class.getName());

    private final CoreTransactions transactions;
    private final DeadLetters deadLetters;
    private final RoomWait room;

    /// A message on its way to an address.
    record Post(SimpleString address, ClientMessage message) {}

    Settling(CoreTransactions transactions, DeadLetters deadLetters, RoomWait room) {
        this.transactions = transactions;
        this.deadLetters = deadLetters;
        this.room = room;
    }

    /// @throws BackendFailure if any one cannot be settled
    SettlementPlan plan(LiveLink live, List<Settlement> settlements) throws BackendFailure {
        return SettlementPlan.of(live, settlements, deadLetters);
    }

    /// Has the broker forget messages, without waiting for it.
    ///
    /// @throws BackendFailure if the link is lost, and with it all that the client holds
    void acknowledge(List<HeldDelivery> held) throws BackendFailure {
        try {
            acknowledgeEach(held);
        } catch (ActiveMQException e) {
            throw Failures.heldMessagesLost();
        }
        held.forEach(HeldDelivery::settled);
    }

    /// Sends, forgets and buries: all of it or nothing. Blocks for four round trips, one of them
    /// with a flush of the journal; not at all when there is nothing to do.
    void commit(
            LiveLink live,
            List<Post> posts,
            List<HeldDelivery> forgotten,
            Map<HeldDelivery, SimpleString> buried)
            throws BackendFailure {
        if (posts.isEmpty() && forgotten.isEmpty() && buried.isEmpty()) {
            return;
        }
        List<HeldDelivery> settled = new ArrayList<>(forgotten);
        settled.addAll(buried.keySet());
        List<Post> all = new ArrayList<>(posts);
        ClientSession session = transactions.prepare(live);
        buried.forEach((held, address) -> all.add(copy(held, address, session)));
        try {
            transactions.commit(
                    live,
                    worker -> {
                        post(worker, all);
                        acknowledgeEach(settled);
                    });
        } finally {
            settled.forEach(HeldDelivery::settled); // a failure has given them back
        }
    }

    private static Post copy(HeldDelivery held, SimpleString address, ClientSession session) {
        return new Post(address, DeadLetterCopy.of(held, session));
    }

    /// Counts a failed attempt for each message. Blocks for three round trips, however many there
    /// are.
    void redeliver(LiveLink live, Collection<HeldDelivery> held) throws BackendFailure {
        if (held.isEmpty()) {
            return;
        }
        transactions.prepare(live);
        try {
            transactions.rollBack(live, _ -> acknowledgeEach(held));
        } finally {
            held.forEach(HeldDelivery::settled);
        }
    }

    /// As [#redeliver], where a failure is nobody's business: without a link the broker has the
    /// messages back.
    void redeliverIfPossible(LiveLink live, Collection<HeldDelivery> held) {
        try {
            redeliver(live, held);
        } catch (BackendFailure e) {
            LOG.log(
                    live.lost() ? Level.DEBUG : Level.WARNING,
                    "messages not given back as failed count={0} reason={1}",
                    held.size(),
                    e.getMessage());
        }
    }

    /// What became of nothing at its client goes to the dead-letter address. Where there is none,
    /// or the message is too large to be copied, it counts as a failed attempt, and the broker's
    /// policy ends it.
    void setAside(HeldDelivery held) {
        LiveLink live = held.link();
        if (live.lost()) {
            held.settled();
            return;
        }
        Optional<SimpleString> address =
                held.tooLarge() ? Optional.empty() : burialPlace(live, held);
        if (address.isEmpty()) {
            redeliverIfPossible(live, List.of(held));
            return;
        }
        try {
            commit(live, List.of(), List.of(), Map.of(held, address.get()));
        } catch (BackendFailure e) {
            LOG.log(Level.WARNING, "message not set aside reason={0}", e.getMessage());
        }
    }

    private Optional<SimpleString> burialPlace(LiveLink live, HeldDelivery held) {
        try {
            return Optional.of(deadLetters.addressFor(live, held));
        } catch (BackendFailure e) {
            LOG.log(Level.WARNING, "message not set aside at once reason={0}", e.getMessage());
            return Optional.empty();
        }
    }

    private void post(ClientSession worker, List<Post> posts) throws ActiveMQException {
        if (posts.isEmpty()) {
            return;
        }
        try (ClientProducer producer = worker.createProducer()) {
            room.during(() -> {
                for (Post post : posts) {
                    producer.send(post.address(), post.message());
                }
            });
        }
    }

    private static void acknowledgeEach(Collection<HeldDelivery> held) throws ActiveMQException {
        for (HeldDelivery each : held) {
            each.acknowledge();
        }
    }
}
