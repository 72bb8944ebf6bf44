package footbridge.jms.link;

import footbridge.backend.Account;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A link as one client sees it that is to be known to the broker by its own account. The sockets
/// are those of all; each core session is the client's, and none is ever another's.
///
/// Safe for use by any thread; nothing blocks.
public final class ClientLink implements Link {

    private final Link shared;
    private final Account account;
    private @Nullable LiveLink own;

    public ClientLink(Link shared, Account account) {
        this.shared = shared;
        this.account = account;
    }

    @Override
    public Optional<Account> account() {
        return Optional.of(account);
    }

    @Override
    public int largestBody() {
        return shared.largestBody();
    }

    @Override
    public Optional<LiveLink> live() {
        return shared.live().map(this::own);
    }

    @Override
    public CompletableFuture<LiveLink> up() {
        return shared.up().thenApply(this::own);
    }

    /// The same one for as long as the link lives.
    private synchronized LiveLink own(LiveLink live) {
        LiveLink present = own;
        if (present == null || present.shared() != live) {
            present = live.as(account);
            own = present;
        }
        return present;
    }

    @Override
    public synchronized void release() {
        if (own != null) {
            own.release();
        }
    }
}
