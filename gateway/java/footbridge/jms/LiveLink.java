package footbridge.jms;

import footbridge.backend.BackendFailure;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.activemq.artemis.api.core.ActiveMQDisconnectedException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/// One life of a [Link]: from the connect to the loss. It never comes back; what was opened on it
/// is gone with it.
///
/// It has two sockets, because the broker keeps all sessions of a socket that broke, with the
/// messages they hold, for a whole time to live (60 s) when one of them has a confirmation window:
/// the one to write has it, the one to read does not. When either breaks both are given up.
///
/// Safe for use by any thread.
final class LiveLink {

    private static final Logger LOG = System.getLogger(LiveLink.class.getName());

    /// 0: every acknowledgement is sent at once. The client would keep them back otherwise.
    private static final int NO_BATCHING = 0;

    private final String broker;
    private final ClientSessionFactory reading;
    private final ClientSessionFactory writing;
    private final Optional<String> user;
    private final Optional<String> password;
    private final ClientSession control;

    /// Never used: the client library closes a socket with its last session.
    @SuppressWarnings("UnusedVariable")
    private final ClientSession holder;

    private final Set<Runnable> watchers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Object turns = new Object();
    private volatile boolean lost;

    private LiveLink(
            ClientSessionFactory reading, ClientSessionFactory writing, ArtemisSettings settings)
            throws ActiveMQException {
        broker = settings.name();
        this.reading = reading;
        this.writing = writing;
        user = settings.user();
        password = settings.password();
        control = started(reading, Mode.AUTOMATIC);
        holder = started(writing, Mode.AUTOMATIC);
    }

    /// How a core session commits and acknowledges.
    private record Mode(boolean xa, boolean autoCommitSends, boolean preAcknowledge) {

        static final Mode AUTOMATIC = new Mode(false, true, false);
        static final Mode PRE_ACKNOWLEDGING = new Mode(false, true, true);
        static final Mode COMMITTING_SENDS = new Mode(false, false, false);
        static final Mode XA = new Mode(true, false, false);

        boolean autoCommitAcks() {
            return !xa;
        }
    }

    /// Connects to the first address that answers. Blocks until the broker has said whether it
    /// takes the account.
    ///
    /// @throws Exception as the client library does, of the last address: whatever it is, there is
    ///   no link
    static LiveLink connect(Locators locators, ArtemisSettings settings) throws Exception {
        List<TransportConfiguration> addresses = locators.addresses();
        for (TransportConfiguration address : addresses.subList(0, addresses.size() - 1)) {
            try {
                return connect(locators, address, settings);
            } catch (Exception e) {
                LOG.log(Level.DEBUG, "address does not answer reason={0}", e.getMessage());
            }
        }
        return connect(locators, addresses.getLast(), settings);
    }

    /// Both sockets lead to one address: a client's sends and its consumers belong to one broker.
    private static LiveLink connect(
            Locators locators, TransportConfiguration address, ArtemisSettings settings)
            throws Exception {
        ClientSessionFactory reading = locators.reading().createSessionFactory(address);
        try {
            ClientSessionFactory writing = locators.writing().createSessionFactory(address);
            try {
                return new LiveLink(reading, writing, settings);
            } catch (ActiveMQException | RuntimeException e) {
                writing.close();
                throw e;
            }
        } catch (Exception e) {
            reading.close();
            throw e;
        }
    }

    /// The name of the broker connection in the settings.
    String broker() {
        return broker;
    }

    /// Whether the link is known to be lost. True before the client library fails what was under
    /// way, so whoever finds it false after a send is told of the loss by the library.
    boolean lost() {
        return lost;
    }

    void markLost() {
        lost = true;
        watchers.forEach(Runnable::run);
    }

    /// Has `watcher` run when the link is known to be lost, at once if it is already; perhaps more
    /// than once. It must return at once.
    void watch(Runnable watcher) {
        watchers.add(watcher);
        if (lost) {
            watcher.run();
        }
    }

    void unwatch(Runnable watcher) {
        watchers.remove(watcher);
    }

    /// Has `action` run at least once when the link is lost, at once if it is lost already. It runs
    /// on a thread of the client library and must return at once.
    void onLoss(Runnable action) {
        reading.addFailoverListener(_ -> action.run());
        writing.addFailoverListener(_ -> action.run());
        if (reading.getConnection() == null || writing.getConnection() == null) {
            action.run();
        }
    }

    /// Opens a core session for the consumers and transactions of one client. Outside a transaction
    /// it commits each acknowledgement by itself (A2), because it is one of XA mode. Blocks for a
    /// round trip or two.
    ClientSession openReading() throws ActiveMQException {
        return started(reading, Mode.XA);
    }

    /// Opens a core session that has no consumers and so can roll back what another one did without
    /// giving back what that one holds. Blocks for a round trip.
    ClientSession openResolving() throws ActiveMQException {
        return session(reading, Mode.XA);
    }

    /// Opens a core session whose messages count as acknowledged when the broker has sent them.
    /// Blocks for a round trip or two.
    ClientSession openPreAcknowledging() throws ActiveMQException {
        return started(reading, Mode.PRE_ACKNOWLEDGING);
    }

    /// Opens a core session for orders to the broker, which learns with its commit whether the
    /// broker took them. Blocks for a round trip or two.
    ClientSession openManaging() throws ActiveMQException {
        return started(reading, Mode.COMMITTING_SENDS);
    }

    /// Opens a core session for sends, which the broker confirms one by one when its journal has
    /// them. Blocks for a round trip or two.
    ClientSession openWriting() throws ActiveMQException {
        return started(writing, Mode.AUTOMATIC);
    }

    /// Asks the broker for queues and topics, or has it create them, on a session kept for that.
    /// Blocks for a round trip or a few; callers on several threads take turns.
    ///
    /// The turns have a lock of their own: the client library takes the session's monitor when it
    /// cleans up after a loss, and answers those who wait for the broker only afterwards.
    <T> T ask(Question<T> question) throws ActiveMQException, BackendFailure {
        synchronized (turns) {
            if (lost) {
                throw Failures.unavailable();
            }
            return question.put(control);
        }
    }

    /// As [#ask], for what has no answer.
    void tell(Order order) throws ActiveMQException {
        synchronized (turns) {
            order.give(control);
        }
    }

    /// Closes everything in good order. Blocks for a round trip for each core session.
    void close() {
        markLost();
        if (ended.compareAndSet(false, true)) {
            reading.close();
            writing.close();
        }
    }

    /// Closes what is left after a loss, without a word to the broker, unless [#close] does it. May
    /// block for a call timeout.
    void abandon() {
        markLost();
        if (ended.compareAndSet(false, true)) {
            abandon(reading);
            abandon(writing);
        }
    }

    private static void abandon(ClientSessionFactory half) {
        if (half.isClosed()) {
            return;
        }
        try {
            RemotingConnection connection = half.getConnection();
            if (connection != null) {
                connection.fail(new ActiveMQDisconnectedException("the other half was lost"));
            }
        } catch (IllegalStateException _) {
            return; // closed meanwhile, together with the backend
        }
        half.close();
    }

    private ClientSession started(ClientSessionFactory half, Mode mode) throws ActiveMQException {
        ClientSession session = session(half, mode);
        session.start();
        return session;
    }

    private ClientSession session(ClientSessionFactory half, Mode mode) throws ActiveMQException {
        return half.createSession(
                user.orElse(null),
                password.orElse(null),
                mode.xa(),
                mode.autoCommitSends(),
                mode.autoCommitAcks(),
                mode.preAcknowledge(),
                NO_BATCHING);
    }

    /// A call on the control session that tells the broker what to do.
    interface Order {
        void give(ClientSession control) throws ActiveMQException;
    }

    /// A few calls on the control session.
    interface Question<T> {
        T put(ClientSession control) throws ActiveMQException, BackendFailure;
    }
}
