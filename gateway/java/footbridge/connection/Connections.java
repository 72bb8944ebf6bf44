package footbridge.connection;

import footbridge.backend.Account;
import footbridge.backend.Backend;
import footbridge.backend.BackendSession;
import footbridge.connection.report.ConnectionView;
import footbridge.connection.report.Tracing;
import footbridge.session.CloseReason;
import footbridge.session.Sessions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All client connections of this node, and what they share. Safe for use by any thread.
public final class Connections implements AutoCloseable {

    private final ConnectionSettings settings;
    private final Sessions sessions;
    private final Map<String, Backend> backends;
    private final ConnectionObserver observer;
    private final Tracing tracing;
    private final Admission admission;
    private final ScheduledThreadPoolExecutor timers;
    private final Set<Connection> live = ConcurrentHashMap.newKeySet();
    private final AtomicLong counter = new AtomicLong();
    private volatile @Nullable Farewell farewell;
    private volatile Duration spread = Duration.ZERO;

    /// Tells the sessions of this run of this node from those of others.
    private final String prefix = UUID.randomUUID().toString().substring(0, 8);

    /// @param backends by the names that targets use
    public Connections(
            ConnectionSettings settings,
            Admission admission,
            Sessions sessions,
            Map<String, Backend> backends,
            ConnectionObserver observer,
            Tracing tracing) {
        this.settings = settings;
        this.sessions = sessions;
        this.backends = Map.copyOf(backends);
        this.observer = observer;
        this.tracing = tracing;
        this.admission = admission;
        this.timers =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("connection-timers").daemon().factory());
        this.timers.setRemoveOnCancelPolicy(true);
    }

    /// A client has opened a socket. If there is no room for it, or the gateway goes away, it is
    /// told so, and its connection ends.
    public Connection open(ClientChannel channel) {
        String id = prefix + "-" + Long.toString(counter.incrementAndGet(), 36);
        var connection = new Connection(id, this, channel);
        observer.opened(channel.arrival());
        admission
                .admit(channel.arrival())
                .ifPresentOrElse(connection::refuse, () -> live.add(connection));
        leaving().ifPresent(connection::shutDownNow);
        return connection;
    }

    /// Whether the gateway goes away: how long a client is asked to stay away, which comes now.
    public Optional<Duration> leaving() {
        return Optional.ofNullable(farewell).map(Farewell::retryAfter);
    }

    /// Takes no more clients, and tells those that are here that the gateway goes away. Each gets
    /// the receipts for what brokers were given before. Blocks until all are gone, for a bounded
    /// time.
    public void leave(Departure terms) {
        Farewell words = new Farewell(terms);
        farewell = words;
        words.sayTo(live);
        timers.shutdownNow();
    }

    @Override
    public void close() {
        leave(Departure.AT_ONCE);
    }

    /// Lets every connection see what new rules mean for its subscriptions. Returns at once.
    ///
    /// @param within in which time those end, each in its turn, whose rule says something else
    public void rulesChanged(Duration within) {
        spread = within;
        live.forEach(connection -> connection.rulesChanged(within.isZero()));
    }

    /// How long a client may stay that is to go as one of many: by chance, so that they do not come
    /// back all at once.
    Duration turn() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(spread.toMillis() + 1));
    }

    /// Every connection as it is now, one after the other, for operators and statistics.
    public Stream<ConnectionView> views() {
        return live.stream().map(Connection::view);
    }

    /// Ends a client's connection because an operator wants it; the client is told so.
    ///
    /// @return whether there is a connection of that id
    public boolean dismiss(String id) {
        Optional<Connection> found =
                live.stream().filter(connection -> connection.id().equals(id)).findFirst();
        found.ifPresent(Connection::dismiss);
        return found.isPresent();
    }

    /// Clients connected now.
    public int size() {
        return live.size();
    }

    void ended(Connection connection, CloseReason reason) {
        if (live.remove(connection)) {
            admission.leave(connection.arrival());
        }
        observer.closed(connection.arrival(), reason.word());
    }

    /// @param account by which a broker may have to know the client
    BackendSession openBackend(String name, String client, Optional<Account> account) {
        Backend backend = backends.get(name);
        if (backend == null) {
            throw new IllegalStateException("no backend " + name);
        }
        return backend.open(client, account);
    }

    ConnectionSettings settings() {
        return settings;
    }

    Sessions sessions() {
        return sessions;
    }

    ConnectionObserver observer() {
        return observer;
    }

    Tracing tracing() {
        return tracing;
    }

    ScheduledExecutorService timers() {
        return timers;
    }
}
