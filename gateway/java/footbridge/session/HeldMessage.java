package footbridge.session;

import footbridge.backend.Delivery;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A message that the client has and has not settled. Confined to its session.
final class HeldMessage {

    private final long number;
    private final String subscription;
    private final Delivery delivery;
    private @Nullable String transaction;

    HeldMessage(long number, String subscription, Delivery delivery) {
        this.number = number;
        this.subscription = subscription;
        this.delivery = delivery;
    }

    /// Its number within the connection; part of its `message-id` and `ack` headers.
    long number() {
        return number;
    }

    /// The key of the subscription that brought it.
    String subscription() {
        return subscription;
    }

    Delivery delivery() {
        return delivery;
    }

    /// The open transaction that will settle it.
    Optional<String> transaction() {
        return Optional.ofNullable(transaction);
    }

    void settleWith(String name) {
        transaction = name;
    }

    /// Its transaction was aborted: it is held again as before.
    void holdAgain() {
        transaction = null;
    }
}
