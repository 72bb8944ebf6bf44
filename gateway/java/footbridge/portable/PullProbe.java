package footbridge.portable;

import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import java.time.Duration;

/// Finds out whether a broker sends a message only to a consumer that asks for one. Where it sends
/// ahead, a message may wait in a lane that is not read while another lane is read in vain.
///
/// Two messages in a temporary queue, and three consumers of which the first does not read: the
/// others must get both.
final class PullProbe {

    private static final long PATIENCE_MS = Duration.ofSeconds(5).toMillis();

    private PullProbe() {}

    /// Blocks for some round trips, and some seconds when the answer is no.
    static boolean passes(LiveLink live) throws JMSException {
        try (Session owner = live.openAutomatic()) {
            TemporaryQueue queue = owner.createTemporaryQueue();
            try (Session idle = live.openTransacted();
                    Session first = live.openTransacted();
                    Session second = live.openTransacted()) {
                idle.createConsumer(queue);
                MessageConsumer[] readers = {
                    first.createConsumer(queue), second.createConsumer(queue)
                };
                fill(owner, queue, readers.length);
                return bothRead(readers);
            } finally {
                Closing.aside(queue::delete);
            }
        }
    }

    private static void fill(Session owner, Destination queue, int messages) throws JMSException {
        var producer = owner.createProducer(queue);
        for (int n = 0; n < messages; n++) {
            producer.send(owner.createMessage());
        }
    }

    private static boolean bothRead(MessageConsumer[] readers) throws JMSException {
        for (MessageConsumer reader : readers) {
            if (reader.receive(PATIENCE_MS) == null) {
                return false;
            }
        }
        return true;
    }
}
