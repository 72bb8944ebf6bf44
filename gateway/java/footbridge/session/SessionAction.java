package footbridge.session;

import footbridge.backend.Delivery;
import footbridge.backend.Message;
import footbridge.backend.Selection;
import footbridge.backend.Settlement;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Target;
import footbridge.mapping.HeaderMapping;
import footbridge.stomp.HeartBeat;
import footbridge.stomp.ServerFrame;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What a connection is to do for its session. Actions are carried out in order; when one fails,
/// those behind it are dropped and the session is told of the failure instead.
public sealed interface SessionAction {

    /// Find out who the client is, and tell the session with [Session#answered].
    record Authenticate(Login login) implements SessionAction {}

    /// Write a frame to the client.
    record Reply(ServerFrame frame) implements SessionAction {}

    /// Keep the connection alive from now on.
    ///
    /// @param agreed `outgoing`: the longest silence towards the client, `incoming`: the period at
    ///   which the client has promised to be heard; milliseconds, 0 for none
    record KeepAlive(HeartBeat agreed) implements SessionAction {}

    /// Take note that the client has sent something which its rule counts, and do not read on from
    /// it while it sends faster than that rule allows.
    ///
    /// @param rule the destination of the rule, by which sends are counted
    /// @param perSecond how many SENDs a second are allowed on the average
    record Pace(String rule, int perSecond) implements SessionAction {}

    /// Tell the session with [Session#expired] when that time has come. Takes the place of any such
    /// action before it.
    record ExpireAt(Instant until) implements SessionAction {}

    /// Ask [Session#rulesChanged] again when it is this client's turn: not all clients whose rule
    /// has changed shall come back at once.
    record EndInTurn() implements SessionAction {}

    /// Hand a message to its broker, and tell the session of the outcome with
    /// [Session#sendConfirmed] or [Session#failed].
    ///
    /// @param rule the id of the rule that led there, or [#NO_RULE]
    record Send(Target target, Message message, Optional<String> receipt, String rule)
            implements SessionAction {}

    /// Stands for a rule where answers go to or come from a temporary queue, which needs none.
    String NO_RULE = "temporary-queues";

    /// Put a subscription in place.
    ///
    /// @param key names the subscription within the session
    /// @param id the client's own name for it, which a 1.0 client may leave out
    /// @param look what its messages look like to the client
    record Subscribe(
            String key,
            Optional<String> id,
            String destination,
            Target target,
            SubscribeOptions options,
            Look look,
            Optional<String> receipt)
            implements SessionAction {}

    /// Write the RECEIPT of a subscription that is in place, with what its broker says of it.
    ///
    /// @param key names the subscription within the session
    record Subscribed(String key, String receipt) implements SessionAction {}

    /// What the messages of a subscription look like to the client.
    ///
    /// @param withAck whether they carry an `ack` header
    /// @param added headers that each of them carries
    /// @param headers makes those of the client out of those of the message; equal ones make the
    ///   same, so it can be shared. Empty where the message's own stay
    /// @param sources where each message comes from, where that differs from message to message
    record Look(
            boolean withAck,
            Map<String, String> added,
            Optional<UnaryOperator<Map<String, String>>> headers,
            Optional<Sources> sources) {

        public Look(
                boolean withAck,
                Map<String, String> added,
                Optional<UnaryOperator<Map<String, String>>> headers) {
            this(withAck, added, headers, Optional.empty());
        }

        /// For a subscription with wildcards.
        Look from(Sources places) {
            return new Look(withAck, added, headers, Optional.of(places));
        }

        /// As the message is.
        static Look plain(boolean withAck) {
            return new Look(withAck, Map.of(), Optional.empty());
        }

        static Look of(boolean withAck, HeaderMapping mapping) {
            return new Look(
                    withAck,
                    mapping.set(),
                    mapping.names().isEmpty() ? Optional.empty() : Optional.of(mapping.names()));
        }
    }

    /// End a subscription: nothing of it reaches the client any more.
    ///
    /// @param delete whether what the broker keeps for a durable one goes with it
    record Unsubscribe(String key, boolean delete) implements SessionAction {}

    /// Delete a durable subscription that this connection does not use.
    record DeleteDurable(String backend, Selection.Durable durable) implements SessionAction {}

    /// Settle deliveries, and tell the session with [Session#settled] if there is a receipt.
    record Settle(String backend, List<Settled> settled, Optional<String> receipt)
            implements SessionAction {}

    /// Carry out a transaction, and wait for it.
    record Commit(
            String backend,
            List<Send> sends,
            List<Settled> settled,
            Optional<String> receipt,
            BestEffort progress)
            implements SessionAction {

        /// All of a transaction.
        public Commit(
                String backend, List<Send> sends, List<Settled> settled, Optional<String> receipt) {
            this(backend, sends, settled, receipt, BestEffort.NONE);
        }
    }

    /// What becomes of a delivery.
    ///
    /// @param key its subscription
    record Settled(String key, Delivery delivery, Settlement.Outcome outcome) {}

    /// Give back everything held at the brokers, and wait until they have it.
    record Release() implements SessionAction {}

    /// Write what is pending, then close the connection.
    record Close(CloseReason reason) implements SessionAction {}

    /// The receipt that the client wants for what the action does.
    static Optional<String> receipt(SessionAction action) {
        return switch (action) {
            case Send send -> send.receipt();
            case Subscribe subscribe -> subscribe.receipt();
            case Commit commit -> commit.receipt();
            default -> Optional.empty();
        };
    }
}
