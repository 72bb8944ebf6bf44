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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// All client connections of this node, and what they share. Safe for use by any thread.
public final class Connections implements AutoCloseable {

    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(5);
    private static final Duration FAREWELL_CHECK = Duration.ofMillis(10);

    private final ConnectionSettings settings;
    private final Sessions sessions;
    private final Map<String, Backend> backends;
    private final ConnectionObserver observer;
    private final Tracing tracing;
    private final Admission admission;
    private final ScheduledThreadPoolExecutor timers;
    private final Set<Connection> live = ConcurrentHashMap.newKeySet();
    private final AtomicLong counter = new AtomicLong();

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

    /// A client has opened a socket. If there is no room for it, it is told so, and its connection
    /// ends.
    public Connection open(ClientChannel channel) {
        String id = prefix + "-" + Long.toString(counter.incrementAndGet(), 36);
        var connection = new Connection(id, this, channel);
        observer.opened(channel.arrival());
        admission
                .admit(channel.arrival())
                .ifPresentOrElse(connection::refuse, () -> live.add(connection));
        return connection;
    }

    /// Tells every client that the gateway goes away, and ends its connection. Blocks until all are
    /// told, for a bounded time.
    @Override
    public void close() {
        live.forEach(Connection::shutDown);
        long deadline = System.nanoTime() + LONGEST_FAREWELL.toNanos();
        while (!live.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(FAREWELL_CHECK.toNanos());
        }
        timers.shutdownNow();
    }

    /// Lets every connection see what new rules mean for its subscriptions. Returns at once.
    public void rulesChanged() {
        live.forEach(Connection::rulesChanged);
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
