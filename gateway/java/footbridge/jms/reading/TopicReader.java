package footbridge.jms.reading;

import footbridge.backend.BackendFailure;
import footbridge.backend.Delivery;
import footbridge.backend.Message;
import footbridge.backend.Subscriber;
import footbridge.jms.link.Closing;
import footbridge.jms.link.Directory;
import footbridge.jms.link.Failures;
import footbridge.jms.link.Link;
import footbridge.jms.link.LiveLink;
import footbridge.jms.message.IncomingMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;

/// The one consumer that the node has on a topic for all subscribers of one selector: a temporary
/// queue on a core session of its own. Messages count as delivered when the broker has sent them;
/// during an outage of the link they are missed, as by any non-durable subscriber.
///
/// The queue has no bound of its own at the broker: the reader never waits for a subscriber, and
/// the address settings of the topic hold for it as for every other queue.
///
/// Safe for use by any thread.
final class TopicReader implements Reader.Intake {

    /// Nothing is settled on a topic.
    private static final long NO_TAG = 0;

    private final TopicSelection wanted;
    private final Directory directory;
    private final Link link;
    private final Consumer<TopicReader> onEnd;
    private final TopicAudience audience = new TopicAudience();
    private final Reader reader;
    private boolean started;
    private boolean finished;

    /// @param onEnd told when the reader has ended and can be forgotten
    public TopicReader(
            TopicSelection wanted,
            Directory directory,
            Link link,
            Duration retryDelay,
            Consumer<TopicReader> onEnd) {
        this.wanted = wanted;
        this.directory = directory;
        this.link = link;
        this.onEnd = onEnd;
        reader = new Reader(wanted.target().topic(), link, retryDelay, this::open, this);
    }

    /// Adds a subscriber who gets every message from now on. Blocks for a few round trips when it
    /// is the first.
    ///
    /// @param notFrom whose messages it does not want
    /// @return false if the reader has ended, and another is needed
    synchronized boolean join(Optional<Origin> notFrom, Subscriber subscriber)
            throws BackendFailure {
        if (finished) {
            return false;
        }
        if (!started) {
            start();
        }
        if (!reader.inPlace()) {
            throw Failures.unavailable();
        }
        audience.add(notFrom, subscriber);
        return true;
    }

    /// Removes a subscriber; the reader goes with the last one.
    synchronized void leave(Subscriber subscriber) {
        audience.remove(subscriber);
        if (audience.isEmpty() && !finished) {
            finish();
            reader.closeAside();
        }
    }

    @Override
    public void awaitRoom() {
        // Fan-out is never full: each connection bounds its own queue.
    }

    @Override
    public void roomUnused() {
        // There is always room.
    }

    @Override
    public void take(Reader.Place from, ClientMessage received, Message message) {
        Message told =
                wanted.target().isPattern() ? IncomingMessage.from(received, message) : message;
        audience.deliver(received, new Delivery(told, NO_TAG));
    }

    @Override
    public synchronized void ended(BackendFailure why) {
        finish();
        audience.end(why);
    }

    private void start() throws BackendFailure {
        try {
            reader.start();
            started = true;
        } finally {
            if (!started) {
                finish();
            }
        }
    }

    private void finish() {
        finished = true;
        link.release();
        onEnd.accept(this);
    }

    private Reader.Place open(LiveLink live) throws ActiveMQException, BackendFailure {
        directory.topic(live, wanted.target());
        ClientSession session = live.openPreAcknowledging();
        try {
            SimpleString queue =
                    TemporaryQueue.create(session, wanted.target().topic(), wanted.filter());
            ClientConsumer consumer = session.createConsumer(queue);
            return new Reader.Place(live, queue, consumer, () -> close(session, consumer, queue));
        } catch (ActiveMQException e) {
            Closing.aside(session::close);
            throw e;
        }
    }

    /// The broker would keep the queue, and fill it, for as long as the link lives.
    private static void close(ClientSession session, ClientConsumer consumer, SimpleString queue)
            throws ActiveMQException {
        try (session) {
            consumer.close();
            session.deleteQueue(queue);
        }
    }
}
