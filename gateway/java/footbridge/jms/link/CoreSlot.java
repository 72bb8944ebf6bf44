package footbridge.jms.link;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.jspecify.annotations.Nullable;

/// Holds the one core session that its owner has for one purpose, opened when it is first needed
/// and again after each loss of the link. The transactions of a client find the session of its
/// consumers here and nowhere else.
///
/// Safe for use by any thread; the core session itself is not.
public final class CoreSlot {

    private final Opener opener;
    private @Nullable LiveLink link;
    private @Nullable ClientSession session;
    private boolean closed;

    public CoreSlot(Opener opener) {
        this.opener = opener;
    }

    /// The core session on `live`. Blocks for a round trip when there is none yet.
    ///
    /// @throws IllegalStateException if the slot is closed
    public synchronized ClientSession on(LiveLink live) throws ActiveMQException {
        if (closed) {
            throw new IllegalStateException("the session is closed");
        }
        ClientSession present = session;
        if (present != null && link == live && !present.isClosed()) {
            return present;
        }
        ClientSession opened = opener.open(live);
        session = opened;
        link = live;
        return opened;
    }

    /// Has the broker deliver nothing more on the core session, if there is one on `live`. Blocks
    /// for a round trip.
    public synchronized void stop(LiveLink live) throws ActiveMQException {
        ClientSession present = session;
        if (present != null && link == live && !present.isClosed()) {
            present.stop();
        }
    }

    /// Closes the core session, and with it all that is open on it. Blocks for a round trip, or for
    /// a bounded time when the broker does not answer; not at all when the link is lost.
    public void close() {
        ClientSession last;
        LiveLink on;
        synchronized (this) {
            closed = true;
            last = session;
            on = link;
        }
        if (last != null && on != null) {
            Closing.andWait(on, last::close);
        }
    }

    /// Which kind of core session the owner needs.
    public interface Opener {
        ClientSession open(LiveLink live) throws ActiveMQException;
    }
}
