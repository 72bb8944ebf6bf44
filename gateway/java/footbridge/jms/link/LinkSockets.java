package footbridge.jms.link;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.activemq.artemis.api.core.ActiveMQDisconnectedException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/// The two sockets of a [LiveLink], because the broker keeps all sessions of a socket that broke,
/// with the messages they hold, for a whole time to live (60 s) when one of them has a confirmation
/// window: the one to write has it, the one to read does not. When either breaks both are given up.
///
/// Safe for use by any thread.
final class LinkSockets {

    private final ClientSessionFactory reading;
    private final ClientSessionFactory writing;
    private final Set<Runnable> watchers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean lost;

    private LinkSockets(ClientSessionFactory reading, ClientSessionFactory writing) {
        this.reading = reading;
        this.writing = writing;
    }

    /// Both lead to one address: a client's sends and its consumers belong to one broker.
    ///
    /// @throws Exception as the client library does
    static LinkSockets connect(Locators locators, TransportConfiguration address) throws Exception {
        ClientSessionFactory reading = locators.reading().createSessionFactory(address);
        try {
            return new LinkSockets(reading, locators.writing().createSessionFactory(address));
        } catch (ActiveMQException | RuntimeException e) {
            reading.close();
            throw e;
        }
    }

    ClientSessionFactory reading() {
        return reading;
    }

    ClientSessionFactory writing() {
        return writing;
    }

    /// True before the client library fails what was under way.
    boolean lost() {
        return lost;
    }

    void markLost() {
        lost = true;
        watchers.forEach(Runnable::run);
    }

    void watch(Runnable watcher) {
        watchers.add(watcher);
        if (lost) {
            watcher.run();
        }
    }

    void unwatch(Runnable watcher) {
        watchers.remove(watcher);
    }

    void onLoss(Runnable action) {
        reading.addFailoverListener(_ -> action.run());
        writing.addFailoverListener(_ -> action.run());
        if (reading.getConnection() == null || writing.getConnection() == null) {
            action.run();
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
}
