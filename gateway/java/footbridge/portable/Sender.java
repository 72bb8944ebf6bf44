package footbridge.portable;

import footbridge.backend.BackendFailure;
import footbridge.backend.Message;
import footbridge.backend.Target;
import footbridge.backend.TransactedSend;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends the messages of one client. Confined to the connection's thread.
final class Sender {

    private @Nullable Producing producing;

    /// What sends need, for as long as the link lives.
    private record Producing(LiveLink live, Session session, MessageProducer producer) {}

    /// Returns when the broker has taken the message.
    void send(LiveLink live, Target target, Message message) throws BackendFailure {
        Producing to = producingOn(live);
        try {
            OutgoingMessage made = OutgoingMessage.of(target, message, to.session());
            made.send(to.producer());
        } catch (JMSException e) {
            throw Failures.ofSend(live, e);
        }
    }

    /// As [TransactedWork#commit], in a session of its own.
    void commit(LiveLink live, List<TransactedSend> sends) throws BackendFailure {
        Session session = openTransacted(live);
        try {
            TransactedWork.commit(live, session, sends);
        } finally {
            Closing.aside(session::close);
        }
    }

    private static Session openTransacted(LiveLink live) throws BackendFailure {
        try {
            return live.openTransacted();
        } catch (JMSException e) {
            throw TransactedWork.nothingDone(Failures.ofCall(live, e));
        }
    }

    private Producing producingOn(LiveLink live) throws BackendFailure {
        Producing present = producing;
        if (present != null && present.live() == live) {
            return present;
        }
        try {
            Session session = live.openAutomatic();
            var made = new Producing(live, session, session.createProducer(null));
            producing = made;
            return made;
        } catch (JMSException e) {
            throw Failures.ofCall(live, e);
        }
    }

    void close() {
        if (producing != null && !producing.live().lost()) {
            Closing.andWait(producing.session()::close);
        }
    }
}
