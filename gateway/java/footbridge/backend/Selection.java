package footbridge.backend;

import java.util.Optional;

/// Which messages of a JMS queue or topic a subscription wants, and whether it outlives its client.
///
/// @param selector what the broker filters by, in the language of JMS selectors; header names that
///   are no identifiers stand in double quotes
/// @param noLocal whether what the same client has sent is left out
/// @param browse whether messages are shown and stay in their queue
/// @param durable under which name the broker keeps messages while the client is away
public record Selection(
        Optional<String> selector, boolean noLocal, boolean browse, Optional<Durable> durable) {

    /// Every message, for as long as the client is there.
    public static final Selection ALL =
            new Selection(Optional.empty(), false, false, Optional.empty());

    /// The name of a durable subscription at its broker.
    ///
    /// @param client the client ID of JMS: belongs to one user, however its clients call themselves
    /// @param name unique for the client ID
    public record Durable(String client, String name) {}
}
