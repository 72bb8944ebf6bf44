package footbridge.portable;

import footbridge.backend.BackendFailure;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;

/// A consumer with a session of its own, good for one life of the link. Whoever reads from it or
/// ends what was read is the only one to do so at that time; anyone may close it.
final class Place {

    private final LiveLink live;
    private final Session session;
    private final MessageConsumer consumer;
    private boolean closed;

    private Place(LiveLink live, Session session, MessageConsumer consumer) {
        this.live = live;
        this.session = session;
        this.consumer = consumer;
    }

    /// Opens a consumer, and lets the session go if there is none to be had.
    static Place open(LiveLink live, Session session, Consuming consuming)
            throws JMSException, BackendFailure {
        try {
            return new Place(live, session, consuming.on(session));
        } catch (JMSException | BackendFailure | RuntimeException e) {
            Closing.aside(session::close);
            throw e;
        }
    }

    LiveLink live() {
        return live;
    }

    Session session() {
        return session;
    }

    MessageConsumer consumer() {
        return consumer;
    }

    /// Gives back what was read and not committed. Whoever comes second waits for the first:
    /// Classic does not take two closes of a session at once.
    synchronized void close() throws JMSException {
        if (!closed) {
            closed = true;
            session.close();
        }
    }

    /// Which consumer.
    interface Consuming {
        MessageConsumer on(Session session) throws JMSException, BackendFailure;
    }
}
