package footbridge.jms.reading;

import footbridge.backend.Message;
import footbridge.jms.link.LiveLink;
import footbridge.jms.message.IncomingMessage;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;

/// A message that was read and is not settled. It is good for one life of the link: after a loss
/// the message belongs to the broker again, which would take a late acknowledgement for one of
/// whatever it has sent since (A7).
///
/// Safe for use by any thread.
public final class HeldDelivery {

    private final QueueSubscription subscription;
    private final long tag;
    private final Reader.Place from;
    private final ClientMessage message;
    private final Message shown;
    private volatile boolean written;

    /// @param shown what the client gets of it
    HeldDelivery(
            QueueSubscription subscription,
            long tag,
            Reader.Place from,
            ClientMessage message,
            Message shown) {
        this.subscription = subscription;
        this.tag = tag;
        this.from = from;
        this.message = message;
        this.shown = shown;
    }

    public LiveLink link() {
        return from.live();
    }

    public SimpleString queue() {
        return from.queue();
    }

    public ClientMessage message() {
        return message;
    }

    /// What the client gets of it.
    public Message shown() {
        return shown;
    }

    /// Whether the client cannot be shown the message because of its size.
    public boolean tooLarge() {
        return IncomingMessage.unreadable(shown)
                .filter(IncomingMessage.TOO_LARGE::equals)
                .isPresent();
    }

    /// Whether the client's socket has taken it.
    boolean written() {
        return written;
    }

    void markWritten() {
        written = true;
    }

    /// Sends the acknowledgement without waiting for the broker. It counts at once, or with the
    /// transaction that is open on the core session.
    public void acknowledge() throws ActiveMQException {
        message.individualAcknowledge();
    }

    /// The broker has it back or has forgotten it: one more may come.
    public void settled() {
        subscription.settled(tag);
    }
}
