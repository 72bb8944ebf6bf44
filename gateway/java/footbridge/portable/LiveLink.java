package footbridge.portable;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/// One life of a connection, from the connect to the loss. It never comes back; what was opened on
/// it is gone with it. Safe for use by any thread.
final class LiveLink {

    private final Connection connection;
    private final Consumer<LiveLink> onLoss;
    private final Set<Runnable> watchers = ConcurrentHashMap.newKeySet();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean lost;

    /// @param onLoss told before the watchers are
    LiveLink(Connection connection, Consumer<LiveLink> onLoss) {
        this.connection = connection;
        this.onLoss = onLoss;
    }

    public boolean lost() {
        return lost;
    }

    /// The connection broke, was found broken, or is not needed any more. Returns at once.
    void lose() {
        lost = true;
        onLoss.accept(this);
        end.countDown();
        watchers.forEach(Runnable::run);
    }

    /// Returns when the link is lost.
    void awaitLoss() throws InterruptedException {
        end.await();
    }

    /// Has `watcher` run when the link is lost, at once if it is already; perhaps more than once.
    /// It must return at once.
    public void watch(Runnable watcher) {
        watchers.add(watcher);
        if (lost) {
            watcher.run();
        }
    }

    public void unwatch(Runnable watcher) {
        watchers.remove(watcher);
    }

    /// Blocks for a round trip. Whoever asks is the only user of the session.
    Session openTransacted() throws JMSException {
        return connection.createSession(true, Session.SESSION_TRANSACTED);
    }

    /// As [#openTransacted]; each send is stored and each message forgotten by itself.
    Session openAutomatic() throws JMSException {
        return connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    /// Blocks until the provider has closed all that is open on it.
    void close() throws JMSException {
        lose();
        connection.close();
    }
}
