package footbridge.portable;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.TransactedSend;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/// Commits a session's transaction: what it has read, and messages sent in it.
final class TransactedWork {

    private TransactedWork() {}

    /// All of it or, when this throws, nothing. Returns when the broker has confirmed it.
    ///
    /// @throws BackendFailure of kind OUTCOME_UNKNOWN if the link was lost in the commit
    static void commit(LiveLink live, Session session, List<TransactedSend> sends)
            throws BackendFailure {
        try {
            send(session, sends);
        } catch (JMSException e) {
            rollBack(session);
            throw nothingDone(Failures.ofCall(live, e));
        } catch (BackendFailure e) {
            rollBack(session);
            throw nothingDone(e);
        }
        try {
            session.commit();
        } catch (JMSException e) {
            throw Failures.ofCommit(live, e);
        }
    }

    /// All are made before the first is sent: one with a bad header costs the broker nothing.
    private static void send(Session session, List<TransactedSend> sends)
            throws JMSException, BackendFailure {
        if (sends.isEmpty()) {
            return;
        }
        List<OutgoingMessage> messages = new ArrayList<>(sends.size());
        for (TransactedSend send : sends) {
            messages.add(OutgoingMessage.of(send.target(), send.message(), session));
        }
        try (MessageProducer producer = session.createProducer(null)) {
            for (OutgoingMessage message : messages) {
                message.send(producer);
            }
        }
    }

    /// Where the link is lost the broker does it by itself.
    private static void rollBack(Session session) {
        try {
            session.rollback();
        } catch (JMSException e) {
            System.getLogger(TransactedWork.class.getName())
                    .log(Level.DEBUG, "rollback failed reason={0}", e.getMessage());
        }
    }

    static BackendFailure nothingDone(BackendFailure why) {
        Kind kind = why.kind() == Kind.OUTCOME_UNKNOWN ? Kind.UNAVAILABLE : why.kind();
        return new BackendFailure(kind, why.getMessage() + "; nothing was done", why);
    }
}
