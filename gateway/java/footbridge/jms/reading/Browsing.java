package footbridge.jms.reading;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.Delivery;
import footbridge.backend.Message;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import footbridge.jms.link.Closing;
import footbridge.jms.link.Failures;
import footbridge.jms.link.LiveLink;
import footbridge.jms.message.IncomingMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.jspecify.annotations.Nullable;

/// Shows one client what is in a queue, and leaves it there. After the last message comes one
/// without a body and with the header `browser:end`, as from ActiveMQ Classic, and then nothing.
/// Does not go on after a loss of the link.
///
/// Reads on a virtual thread of its own, on a core session of its own; the rest is confined to the
/// connection's thread.
public final class Browsing implements Subscription {

    private static final Logger LOG = System.getLogger(Browsing.class.getName());

    private static final long OVERTAKEN_MS = 100;

    private static final Message END =
            new Message(Map.of(IncomingMessage.BROWSER, "end"), ByteBuffer.allocate(0), true);

    private final LiveLink live;
    private final Subscriber subscriber;
    private final Consumer<Subscription> onClose;
    private final Semaphore permits;
    private final int largestBody;
    private @Nullable ClientSession session;
    private volatile boolean closed;

    /// @param onClose told when the client closes the subscription
    public Browsing(
            LiveLink live,
            int largestBody,
            Subscriber subscriber,
            int prefetch,
            Consumer<Subscription> onClose) {
        this.live = live;
        this.largestBody = largestBody;
        this.subscriber = subscriber;
        this.onClose = onClose;
        permits = new Semaphore(prefetch);
    }

    /// Blocks for a few round trips.
    public void start(String queue, Filter filter) throws BackendFailure {
        try {
            ClientSession opened = live.openPreAcknowledging();
            session = opened;
            ClientConsumer consumer =
                    opened.createConsumer(SimpleString.of(queue), filter.text(), true);
            Thread.ofVirtual().name("browse-" + queue).start(() -> run(consumer));
        } catch (ActiveMQException e) {
            closeSession();
            throw Failures.ofCall(live, e);
        }
    }

    private void run(ClientConsumer consumer) {
        try {
            long shown = 0;
            ClientMessage next;
            while ((next = next(consumer)) != null) {
                deliver(
                        new Delivery(
                                IncomingMessage.of(next, live.broker(), largestBody), ++shown));
            }
            if (live.lost()) {
                end(Failures.unavailable());
            } else {
                deliver(new Delivery(END, ++shown));
            }
        } catch (ActiveMQException | IncomingMessage.BodyLost e) {
            end(Failures.ofCall(live, e));
        } catch (InterruptedException | RuntimeException e) {
            LOG.log(Level.ERROR, "browsing failed", e);
            end(new BackendFailure(Kind.REFUSED, "the subscription has failed", e));
        }
        closeSession();
    }

    /// Null when there is no more, or nobody to show it to.
    private @Nullable ClientMessage next(ClientConsumer consumer)
            throws ActiveMQException, InterruptedException {
        subscriber.awaitRoom();
        permits.acquire();
        return closed ? null : received(consumer);
    }

    /// The broker's word that there is nothing more may overtake what it has still to write to the
    /// socket, so it counts when it comes a second time and nothing in between.
    private static @Nullable ClientMessage received(ClientConsumer consumer)
            throws ActiveMQException {
        ClientMessage first = consumer.receiveImmediate();
        ClientMessage second = first == null ? consumer.receive(OVERTAKEN_MS) : first;
        return second == null ? consumer.receiveImmediate() : second;
    }

    private synchronized void deliver(Delivery delivery) {
        if (!closed) {
            subscriber.deliver(delivery);
        }
    }

    private synchronized void end(BackendFailure why) {
        if (!closed) {
            subscriber.ended(why);
        }
    }

    @Override
    public void accepted(Delivery delivery) {
        permits.release();
    }

    @Override
    public void close() {
        onClose.accept(this);
        synchronized (this) {
            closed = true;
        }
        permits.release(); // the thread may be waiting for one
        closeSession();
    }

    private void closeSession() {
        ClientSession last = session;
        if (last != null) {
            Closing.aside(last::close);
        }
    }
}
