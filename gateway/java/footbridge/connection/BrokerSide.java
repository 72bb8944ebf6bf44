package footbridge.connection;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Confirmation;
import footbridge.backend.Settlement;
import footbridge.backend.TransactedSend;
import footbridge.session.SessionAction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/// What one connection has open at its brokers: sessions, subscriptions, and settlements gathered
/// so that one step at the broker covers many. Confined to the connection's thread, except for
/// [#giveUpWaiting].
final class BrokerSide {

    private static final Logger LOG = System.getLogger(BrokerSide.class.getName());

    private final Function<String, BackendSession> open;
    private final Consumer<BrokerAnswer> answers;
    private final Map<String, BackendSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, ClientSubscription> subscriptions = new ConcurrentHashMap<>();
    private final Map<String, SettlementBatch> batches = new HashMap<>();
    private volatile boolean leaving;

    /// The broker's word on settlements whose clients asked for receipts.
    sealed interface BrokerAnswer {

        record Settled(List<String> receipts) implements BrokerAnswer {}

        record Failed(BackendFailure why, List<String> receipts) implements BrokerAnswer {}
    }

    /// @param open opens a session at the broker of a name
    /// @param answers told on any thread
    BrokerSide(Function<String, BackendSession> open, Consumer<BrokerAnswer> answers) {
        this.open = open;
        this.answers = answers;
    }

    private BackendSession session(String backend) {
        BackendSession present = sessions.get(backend);
        if (present != null) {
            return present;
        }
        BackendSession session = sessions.computeIfAbsent(backend, open);
        if (leaving) {
            session.giveUpWaiting();
        }
        return session;
    }

    /// The client is about to go: nothing waits for room at a broker any more. Any thread.
    void giveUpWaiting() {
        leaving = true;
        sessions.values().forEach(BackendSession::giveUpWaiting);
    }

    /// Whether the client is about to go.
    boolean leaving() {
        return leaving;
    }

    void send(SessionAction.Send send, Confirmation outcome)
            throws BackendFailure, InterruptedException {
        session(send.target().backend()).send(send.target(), send.message(), outcome);
    }

    void subscribe(SessionAction.Subscribe request, ClientSubscription subscription)
            throws BackendFailure, InterruptedException {
        settleGathered();
        subscriptions.put(request.key(), subscription);
        subscription.source(
                session(request.target().backend())
                        .subscribe(request.target(), request.options(), subscription));
    }

    /// What the broker says of a subscription in place, for its RECEIPT.
    Map<String, String> told(String key) {
        ClientSubscription subscription = subscriptions.get(key);
        return subscription == null ? Map.of() : subscription.source().told();
    }

    void unsubscribe(SessionAction.Unsubscribe request)
            throws BackendFailure, InterruptedException {
        settleGathered();
        ClientSubscription subscription = subscriptions.remove(request.key());
        if (subscription == null) {
            return;
        }
        if (request.delete()) {
            subscription.delete();
        } else {
            subscription.end();
        }
    }

    void delete(SessionAction.DeleteDurable request) throws BackendFailure, InterruptedException {
        session(request.backend()).delete(request.durable());
    }

    /// Those in place now. Any thread.
    Collection<ClientSubscription> subscriptions() {
        return subscriptions.values();
    }

    boolean has(ClientSubscription subscription) {
        return subscriptions.containsValue(subscription);
    }

    /// Gathers settlements; they go to the broker with [#settleGathered] or when there are many.
    void settle(SessionAction.Settle request) throws BackendFailure, InterruptedException {
        SettlementBatch batch =
                batches.computeIfAbsent(request.backend(), _ -> new SettlementBatch());
        batch.add(settlements(request.settled()), request.receipt());
        if (batch.full()) {
            settleGathered();
        }
    }

    private List<Settlement> settlements(List<SessionAction.Settled> settled) {
        List<Settlement> settlements = new ArrayList<>(settled.size());
        for (SessionAction.Settled each : settled) {
            settlements.add(
                    new Settlement(
                            subscription(each.key()).settled(each.delivery(), each.outcome()),
                            each.delivery(),
                            each.outcome()));
        }
        return settlements;
    }

    private ClientSubscription subscription(String key) {
        ClientSubscription subscription = subscriptions.get(key);
        if (subscription == null) {
            throw new IllegalStateException("settlement for an ended subscription");
        }
        return subscription;
    }

    void settleGathered() throws BackendFailure, InterruptedException {
        for (Map.Entry<String, SettlementBatch> entry : batches.entrySet()) {
            SettlementBatch batch = entry.getValue();
            if (!batch.isEmpty()) {
                batch.settle(session(entry.getKey()), answers);
            }
        }
    }

    void commit(SessionAction.Commit request) throws BackendFailure, InterruptedException {
        settleGathered();
        session(request.backend())
                .commit(
                        request.sends().stream()
                                .map(send -> new TransactedSend(send.target(), send.message()))
                                .toList(),
                        settlements(request.settled()));
    }

    /// As [#release]; and an ACK that came before the client left counts.
    void leave(String connection, boolean lost) {
        try {
            settleGathered();
        } catch (BackendFailure | InterruptedException e) {
            LOG.log(
                    Level.DEBUG,
                    () -> "acks lost with their broker connection=" + connection + " why=" + e);
        }
        release(lost);
    }

    /// Gives everything back, and waits for the brokers.
    ///
    /// @param lost whether the client vanished with messages that it may have choked on
    void release(boolean lost) {
        subscriptions.values().forEach(ClientSubscription::mute);
        for (BackendSession session : sessions.values()) {
            if (lost) {
                session.abandon();
            } else {
                session.close();
            }
        }
        subscriptions.clear();
        sessions.clear();
        batches.clear();
    }
}
