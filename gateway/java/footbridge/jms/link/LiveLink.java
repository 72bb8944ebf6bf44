package footbridge.jms.link;

import footbridge.backend.Account;
import footbridge.backend.BackendFailure;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.jspecify.annotations.Nullable;

/// One life of a [Link]: from the connect to the loss. It never comes back; what was opened on it
/// is gone with it. All that is opened here is known to the broker by one account: the gateway's,
/// or, on the same sockets, a client's.
///
/// Safe for use by any thread.
public final class LiveLink {

    private static final Logger LOG = System.getLogger(LiveLink.class.getName());

    /// 0: every acknowledgement is sent at once. The client would keep them back otherwise.
    private static final int NO_BATCHING = 0;

    private final String broker;
    private final LinkSockets sockets;
    private final Optional<String> user;
    private final Optional<String> password;
    private final @Nullable LiveLink gateways;
    private final Object turns = new Object();
    private @Nullable ClientSession control;
    private boolean released;

    /// Never used: the client library closes a socket with its last session.
    @SuppressWarnings("UnusedVariable")
    private @Nullable ClientSession holder;

    private LiveLink(LinkSockets sockets, ArtemisSettings settings) {
        broker = settings.name();
        this.sockets = sockets;
        user = settings.user();
        password = settings.password();
        gateways = null;
    }

    private LiveLink(LiveLink gateways, Account client) {
        broker = gateways.broker;
        sockets = gateways.sockets;
        user = Optional.of(client.user());
        password = Optional.of(client.password());
        this.gateways = gateways;
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

    private static LiveLink connect(
            Locators locators, TransportConfiguration address, ArtemisSettings settings)
            throws Exception {
        LinkSockets sockets = LinkSockets.connect(locators, address);
        try {
            var live = new LiveLink(sockets, settings);
            live.enter();
            return live;
        } catch (ActiveMQException | RuntimeException e) {
            sockets.writing().close();
            sockets.reading().close();
            throw e;
        }
    }

    private void enter() throws ActiveMQException {
        synchronized (turns) {
            control = started(sockets.reading(), Mode.AUTOMATIC);
        }
        holder = started(sockets.writing(), Mode.AUTOMATIC);
    }

    /// The same life of the link for one client, who is to be known by its own account. Whether the
    /// broker takes that shows when something is opened.
    LiveLink as(Account client) {
        return new LiveLink(shared(), client);
    }

    /// The link as it is for the gateway itself.
    public LiveLink shared() {
        return gateways == null ? this : gateways;
    }

    /// Whether a client is known here by its own account.
    boolean ofClient() {
        return gateways != null;
    }

    /// The client needs it no more, apart from orders that are still to be given.
    void release() {
        Closing.aside(() -> {
            synchronized (turns) {
                released = true;
                closeControl();
            }
        });
    }

    private void closeControl() throws ActiveMQException {
        ClientSession last = control;
        control = null;
        if (last != null && !lost()) {
            last.close();
        }
    }

    /// The name of the broker connection in the settings.
    public String broker() {
        return broker;
    }

    /// Whether the link is known to be lost. True before the client library fails what was under
    /// way, so whoever finds it false after a send is told of the loss by the library.
    public boolean lost() {
        return sockets.lost();
    }

    void markLost() {
        sockets.markLost();
    }

    /// Has `watcher` run when the link is known to be lost, at once if it is already; perhaps more
    /// than once. It must return at once.
    public void watch(Runnable watcher) {
        sockets.watch(watcher);
    }

    public void unwatch(Runnable watcher) {
        sockets.unwatch(watcher);
    }

    /// Has `action` run at least once when the link is lost, at once if it is lost already. It runs
    /// on a thread of the client library and must return at once.
    void onLoss(Runnable action) {
        sockets.onLoss(action);
    }

    /// Opens a core session for the consumers and transactions of one client. Outside a transaction
    /// it commits each acknowledgement by itself (A2), because it is one of XA mode. Blocks for a
    /// round trip or two.
    public ClientSession openReading() throws ActiveMQException {
        return started(sockets.reading(), Mode.XA);
    }

    /// Opens a core session that has no consumers and so can roll back what another one did without
    /// giving back what that one holds. Blocks for a round trip.
    public ClientSession openResolving() throws ActiveMQException {
        return session(sockets.reading(), Mode.XA);
    }

    /// Opens a core session whose messages count as acknowledged when the broker has sent them.
    /// Blocks for a round trip or two.
    public ClientSession openPreAcknowledging() throws ActiveMQException {
        return started(sockets.reading(), Mode.PRE_ACKNOWLEDGING);
    }

    /// Opens a core session for orders to the broker, which learns with its commit whether the
    /// broker took them. Blocks for a round trip or two.
    ClientSession openManaging() throws ActiveMQException {
        return started(sockets.reading(), Mode.COMMITTING_SENDS);
    }

    /// Opens a core session for sends, which the broker confirms one by one when its journal has
    /// them. Blocks for a round trip or two.
    public ClientSession openWriting() throws ActiveMQException {
        return started(sockets.writing(), Mode.AUTOMATIC);
    }

    /// Asks the broker for queues and topics, or has it create them, on a session kept for that.
    /// Blocks for a round trip or a few; callers on several threads take turns.
    ///
    /// The turns have a lock of their own: the client library takes the session's monitor when it
    /// cleans up after a loss, and answers those who wait for the broker only afterwards.
    public <T> T ask(Question<T> question) throws ActiveMQException, BackendFailure {
        synchronized (turns) {
            if (lost()) {
                throw Failures.unavailable();
            }
            return question.put(control());
        }
    }

    /// As [#ask], for what has no answer.
    public void tell(Order order) throws ActiveMQException {
        synchronized (turns) {
            order.give(control());
            if (released) {
                closeControl();
            }
        }
    }

    /// A client's is opened when it is first needed.
    private ClientSession control() throws ActiveMQException {
        ClientSession present = control;
        if (present == null) {
            present = started(sockets.reading(), Mode.AUTOMATIC);
            control = present;
        }
        return present;
    }

    /// Closes everything in good order, of clients too. Blocks for a round trip for each core
    /// session.
    void close() {
        sockets.close();
    }

    /// Closes what is left after a loss, without a word to the broker, unless [#close] does it. May
    /// block for a call timeout.
    void abandon() {
        sockets.abandon();
    }

    private ClientSession started(ClientSessionFactory half, Mode mode) throws ActiveMQException {
        ClientSession session = session(half, mode);
        session.start();
        return session;
    }

    private ClientSession session(ClientSessionFactory half, Mode mode) throws ActiveMQException {
        try {
            return half.createSession(
                    user.orElse(null),
                    password.orElse(null),
                    mode.xa(),
                    mode.autoCommitSends(),
                    mode.autoCommitAcks(),
                    mode.preAcknowledge(),
                    NO_BATCHING);
        } catch (ActiveMQSecurityException e) {
            throw ofClient() ? new LoginRefused(e) : e;
        }
    }

    /// A call on the control session that tells the broker what to do.
    public interface Order {
        void give(ClientSession control) throws ActiveMQException;
    }

    /// A few calls on the control session.
    public interface Question<T> {
        T put(ClientSession control) throws ActiveMQException, BackendFailure;
    }
}
