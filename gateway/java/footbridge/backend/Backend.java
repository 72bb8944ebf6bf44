package footbridge.backend;

import java.util.Optional;

/// One JMS broker or Kafka cluster, as the gateway sees it: may be away at any time, and comes back
/// by itself. Safe for use by any thread.
public interface Backend extends AutoCloseable {

    /// The name of the broker connection in the settings.
    String name();

    Kind kind();

    /// Whether the broker can be reached now. Never blocks: the answer is the last thing known.
    Availability availability();

    /// What it keeps of topics to begin subscriptions with; nothing where a broker has no such
    /// thing. Never blocks for long.
    default Snapshots snapshots() {
        return Snapshots.NONE;
    }

    /// Opens what one client connection needs here. Never blocks and never fails: an absent broker
    /// shows when the session is used.
    BackendSession open();

    /// As [#open()], for a client that is to be told from others.
    ///
    /// @param client marks the messages of this client, for the sake of [Selection#noLocal]
    default BackendSession open(String client) {
        return open();
    }

    /// As [#open(String)], for a client that this broker may have to know by its own account.
    ///
    /// @param account by which the broker shall know the client, if the settings say that it shall;
    ///   empty if the client has none
    default BackendSession open(String client, Optional<Account> account) {
        return open(client);
    }

    /// Ends all sessions and lets the broker go. Blocks for a bounded time.
    @Override
    void close();

    /// What a broker understands, and so which targets it can have.
    enum Kind {
        JMS,
        KAFKA
    }

    /// Whether a broker can be reached.
    ///
    /// @param up whether the broker answers
    /// @param reason for the operator when it does not; empty when it does
    record Availability(boolean up, String reason) {

        public static final Availability UP = new Availability(true, "");
    }
}
