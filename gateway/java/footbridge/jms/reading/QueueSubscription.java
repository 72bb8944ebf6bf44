package footbridge.jms.reading;

import footbridge.backend.Acknowledgement;
import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.Delivery;
import footbridge.backend.Message;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import footbridge.jms.link.Failures;
import footbridge.jms.link.Link;
import footbridge.jms.link.LiveLink;
import footbridge.jms.message.IncomingMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.jspecify.annotations.Nullable;

/// A client's consumer on a queue. Each message holds a permit from the moment it is read until it
/// is settled, so no more than the prefetch are with the client; what the client library has read
/// ahead counts for nothing and goes back in order when the subscription ends.
///
/// Where the client does not settle, accepting does, unless the client was shown no more than that
/// there is a message. Where it does, a loss of the link takes from the client what it holds, which
/// ends the subscription; with nothing in the client's hands it goes on when the link is back. A
/// message that was read before the loss, but reaches the client after it, counts as in its hands.
public final class QueueSubscription implements Subscription, Reader.Intake {

    private static final Logger LOG = System.getLogger(QueueSubscription.class.getName());

    private final Link link;
    private final ConsumerOpening opening;
    private final Subscriber subscriber;
    private final Owner owner;
    private final boolean byClient;
    private final Semaphore permits;
    private final Map<Long, HeldDelivery> held = new ConcurrentHashMap<>();
    private final Reader reader;
    private final Runnable onLoss = this::endIfHeld;
    private @Nullable LiveLink watched;
    private boolean over;
    private long lastTag;

    /// The session whose subscription it is. Its methods are called on the session's thread.
    public interface Owner {

        /// The client has closed the subscription.
        void closed(QueueSubscription subscription);

        /// A message could not be shown to a client that settles nothing, so nobody has had it. May
        /// block for some round trips.
        void unreadable(HeldDelivery held);
    }

    public QueueSubscription(
            Link link,
            Duration retryDelay,
            ConsumerOpening opening,
            SubscribeOptions options,
            Subscriber subscriber,
            Owner owner) {
        this.link = link;
        this.opening = opening;
        this.subscriber = subscriber;
        this.owner = owner;
        byClient = options.acknowledgement() == Acknowledgement.BY_CLIENT;
        permits = new Semaphore(options.prefetch());
        reader = new Reader(opening.name(), link, retryDelay, this::open, this);
    }

    /// Blocks for a few round trips.
    public void start() throws BackendFailure {
        reader.start();
    }

    @Override
    public void accepted(Delivery delivery) {
        HeldDelivery accepted = held.get(delivery.tag());
        if (accepted == null) {
            return;
        }
        if (!byClient) {
            if (IncomingMessage.unreadable(accepted.shown()).isPresent()) {
                owner.unreadable(accepted);
            } else {
                settle(accepted);
            }
            return;
        }
        accepted.markWritten();
        if (accepted.link().lost()) {
            endIfHeld();
        }
    }

    private static void settle(HeldDelivery accepted) {
        accepted.settled();
        if (accepted.link().lost()) {
            return;
        }
        try {
            accepted.acknowledge();
        } catch (ActiveMQException e) {
            LOG.log(Level.DEBUG, "acknowledgement lost reason={0}", e.getMessage());
        }
    }

    /// What is to be settled on `live`.
    ///
    /// @throws BackendFailure if the client does not hold it, or not any more
    public HeldDelivery held(Delivery delivery, LiveLink live) throws BackendFailure {
        HeldDelivery found = held.get(delivery.tag());
        if (found == null) {
            throw new BackendFailure(Kind.REFUSED, "this client does not hold the message");
        }
        if (found.link() != live || live.lost()) {
            throw Failures.heldMessagesLost();
        }
        return found;
    }

    /// What the client's socket has taken on `live` and the client has not settled.
    public List<HeldDelivery> unsettled(LiveLink live) {
        return byClient
                ? held.values().stream()
                        .filter(each -> each.written() && each.link() == live)
                        .toList()
                : List.of();
    }

    void settled(long tag) {
        if (held.remove(tag) != null) {
            permits.release();
        }
    }

    @Override
    public void close() {
        owner.closed(this);
        reader.close();
        letGo();
    }

    @Override
    public void delete() throws BackendFailure {
        close();
        opening.forget(link.live().orElseThrow(Failures::unavailable));
    }

    /// Ends the subscription because the core session of its consumer is about to close: without a
    /// word to the broker, if that is enough.
    public void closeWithSession() {
        if (opening.leavesQueue()) {
            reader.close();
        } else {
            reader.stop();
        }
        letGo();
    }

    private void letGo() {
        watchNoMore();
        held.clear();
        permits.release(); // the reader may be waiting for one
    }

    private Reader.Place open(LiveLink live) throws ActiveMQException, BackendFailure {
        Reader.Place place = opening.open(live);
        if (byClient || opening.diesWithLink()) {
            watch(live);
        }
        return place;
    }

    private synchronized void watch(LiveLink live) {
        if (!over) {
            watched = live;
            live.watch(onLoss);
        }
    }

    private synchronized void watchNoMore() {
        over = true;
        if (watched != null) {
            watched.unwatch(onLoss);
        }
    }

    /// Ends the subscription if the loss of a link has taken its queue, or something from the
    /// client's hands.
    private void endIfHeld() {
        if (opening.diesWithLink()) {
            reader.end(Failures.answersLost());
        } else if (held.values().stream().anyMatch(each -> each.written() && each.link().lost())) {
            reader.end(Failures.heldMessagesLost());
        }
    }

    @Override
    public void awaitRoom() throws InterruptedException {
        subscriber.awaitRoom();
        permits.acquire();
    }

    @Override
    public void roomUnused() {
        permits.release();
    }

    @Override
    public void take(Reader.Place from, ClientMessage received, Message message) {
        long tag = ++lastTag;
        held.put(tag, new HeldDelivery(this, tag, from, received, message));
        Message told = opening.readsMany() ? IncomingMessage.from(received, message) : message;
        subscriber.deliver(new Delivery(told, tag));
    }

    @Override
    public void ended(BackendFailure why) {
        watchNoMore();
        permits.release(); // the reader may be waiting for one
        subscriber.ended(why);
    }
}
