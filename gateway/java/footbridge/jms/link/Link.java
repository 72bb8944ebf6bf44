package footbridge.jms.link;

import footbridge.backend.Account;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The way to the broker, which may be lost and come back.
///
/// Safe for use by any thread; nothing blocks.
public sealed interface Link permits KeptLink, ClientLink {

    /// By which the broker knows what is opened here; empty for the gateway's own account.
    Optional<Account> account();

    /// Octets that a body may have for a client.
    int largestBody();

    /// The link, if it is up as far as is known.
    Optional<LiveLink> live();

    /// Complete while the link is up, cancelled when it was closed for good. After a loss this is
    /// another future, and is so before [LiveLink#lost] tells of it.
    CompletableFuture<LiveLink> up();

    /// Whoever asked for the link needs it no more.
    void release();
}
