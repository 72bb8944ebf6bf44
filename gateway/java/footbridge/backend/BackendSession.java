package footbridge.backend;

import java.util.List;
import java.util.Optional;

/// What one client connection has open at one broker. Cheap: nothing crosses the network before it
/// is needed, and the network connection beneath is shared by the clients of the node.
///
/// Confined to the connection's thread, except for [#giveUpWaiting]; [Confirmation] and
/// [Subscriber] are called on others.
public interface BackendSession {

    /// Hands `message` to the broker without waiting for its answer. Messages to one target keep
    /// their order. May block for a round trip when a target is used for the first time, and for as
    /// long as the broker has no room where it is told to let senders wait.
    ///
    /// @param confirmation told once, also when this method has returned long ago; not told when
    ///   this method throws
    /// @throws BackendFailure if the message was not handed over, for one because the place of its
    ///   [Message#replyTo] does not exist
    void send(Target target, Message message, Confirmation confirmation)
            throws BackendFailure, InterruptedException;

    /// Starts a subscription and returns when it is in place: a message that reaches the target
    /// afterwards is delivered. The first delivery may come before this method returns.
    ///
    /// @throws BackendFailure if it could not be put in place
    Subscription subscribe(Target target, SubscribeOptions options, Subscriber subscriber)
            throws BackendFailure, InterruptedException;

    /// Deletes a durable subscription that nobody is using, with what the broker keeps for it. One
    /// that does not exist is no error. Blocks for a round trip or two.
    ///
    /// @throws BackendFailure if it could not be deleted
    default void delete(Selection.Durable durable) throws BackendFailure, InterruptedException {
        throw unsupported("durable subscriptions");
    }

    /// Settles deliveries of this session's subscriptions, in order. What one call settles with
    /// [Settlement.Outcome#REDELIVER] costs the broker one step, however much it is.
    ///
    /// @param confirmation told once when the broker has all of it; empty when nobody waits for
    ///   that, which is cheaper
    /// @throws BackendFailure if nothing was settled
    default void settle(List<Settlement> settlements, Optional<Confirmation> confirmation)
            throws BackendFailure, InterruptedException {
        throw unsupported("acknowledgement by the client");
    }

    /// Carries out a transaction: all of it or, when this throws, nothing. Returns when the broker
    /// has confirmed it. Deliveries to be redelivered are so right after it.
    ///
    /// @throws BackendFailure of kind [BackendFailure.Kind#OUTCOME_UNKNOWN] if the link was lost
    ///   before the answer came; of any other kind if the broker did nothing
    default void commit(List<TransactedSend> sends, List<Settlement> settlements)
            throws BackendFailure, InterruptedException {
        throw unsupported("transactions");
    }

    /// The client is lost: what its socket took and it did not settle counts as a failed attempt,
    /// so that a message which kills its reader ends on the dead-letter address. Then as [#close].
    default void abandon() {
        close();
    }

    /// The client is about to go: whatever waits for room at the broker, now or later, gives up and
    /// throws [InterruptedException]. Any thread; returns at once.
    default void giveUpWaiting() {}

    /// Closes all subscriptions and gives back what the session holds at the broker. A send that
    /// was not confirmed yet may or may not take effect. May block for a round trip; a dead broker
    /// link does not make it fail.
    void close();

    private static BackendFailure unsupported(String what) {
        return new BackendFailure(
                BackendFailure.Kind.UNSUPPORTED, "This backend does not do " + what + ".");
    }
}
