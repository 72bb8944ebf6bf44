package footbridge.jms;

import footbridge.backend.Account;
import footbridge.backend.Backend;
import footbridge.backend.BackendSession;
import footbridge.jms.link.ArtemisSettings;
import footbridge.jms.link.ClientLink;
import footbridge.jms.link.Directory;
import footbridge.jms.link.LinkPool;
import footbridge.jms.link.NoAccount;
import footbridge.jms.reading.Origin;
import footbridge.jms.reading.TopicReaders;
import java.util.Optional;
import java.util.UUID;

/// An Apache Artemis broker.
///
/// Connects in the background, from the moment it is made until it is closed; the broker may be
/// away at any time. Safe for use by any thread.
public final class ArtemisBackend implements Backend {

    private static final int LARGEST_BODY = 16 * 1024 * 1024;

    private final ArtemisSettings settings;
    private final Accounts accounts;
    private final LinkPool pool;
    private final ArtemisSession.Shared node;

    /// Does not wait for the broker.
    ///
    /// @throws IllegalArgumentException if the settings name no address of an Artemis broker
    public ArtemisBackend(ArtemisSettings settings) {
        this(settings, Accounts.GATEWAY, LARGEST_BODY);
    }

    /// As [#ArtemisBackend(ArtemisSettings)].
    ///
    /// @param accounts by which the broker knows clients
    /// @param largestBody octets that a body may have for a client; a larger one is not shown
    public ArtemisBackend(ArtemisSettings settings, Accounts accounts, int largestBody) {
        this.settings = settings;
        this.accounts = accounts;
        pool = new LinkPool(settings, largestBody);
        var directory = new Directory();
        node =
                new ArtemisSession.Shared(
                        directory,
                        new DeadLetters(),
                        new TopicReaders(pool, directory, settings.reconnectDelay()));
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public Kind kind() {
        return Kind.JMS;
    }

    @Override
    public Availability availability() {
        return pool.availability();
    }

    @Override
    public BackendSession open() {
        return open(UUID.randomUUID().toString());
    }

    @Override
    public BackendSession open(String client) {
        return new ArtemisSession(pool.next(), settings, Origin.of(client), node);
    }

    @Override
    public BackendSession open(String client, Optional<Account> account) {
        if (accounts == Accounts.GATEWAY) {
            return open(client);
        }
        return account.<BackendSession>map(own -> openAs(own, client)).orElseGet(NoAccount::new);
    }

    private BackendSession openAs(Account account, String client) {
        var link = new ClientLink(pool.next(), account);
        return new ArtemisSession(link, settings, Origin.of(client), node.forClient());
    }

    @Override
    public void close() {
        pool.close();
    }
}
