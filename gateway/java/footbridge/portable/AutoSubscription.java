package footbridge.portable;

import footbridge.backend.BackendFailure;
import footbridge.backend.Delivery;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// A subscription to a queue whose messages count as delivered when the client's socket has taken
/// them. What is there at once, up to the prefetch, is read in one transaction, which is committed
/// when the socket has taken all of it: a client that is lost before gets none of it or, with the
/// header `redelivered`, some again; nothing is lost.
final class AutoSubscription implements Subscription, Feed.Source {

    private final Wanted wanted;
    private final int mostInBatch;
    private final Subscriber subscriber;
    private final Consumer<AutoSubscription> onClose;
    private final Map<Long, Batch> batches = new ConcurrentHashMap<>();
    private final Feed feed;
    private volatile Batch current = new Batch();
    private final Runnable onLoss = this::linkLost;
    private long lastTag;

    /// @param onClose told when the client closes the subscription
    AutoSubscription(
            Link link,
            Wanted wanted,
            int mostInBatch,
            Subscriber subscriber,
            Consumer<AutoSubscription> onClose) {
        this.wanted = wanted;
        this.mostInBatch = mostInBatch;
        this.subscriber = subscriber;
        this.onClose = onClose;
        feed = new Feed(wanted.target().toString(), link, this);
    }

    /// Blocks for a few round trips.
    void start() throws BackendFailure {
        feed.start();
    }

    @Override
    public Place open(LiveLink live) throws JMSException, BackendFailure {
        Place opened = Place.open(live, live.openTransacted(), wanted);
        live.watch(onLoss);
        return opened;
    }

    @Override
    public boolean drain(Place from) throws JMSException, InterruptedException {
        boolean more = true;
        while (more && !feed.stopped()) {
            more = readBatch(from);
        }
        return false;
    }

    /// @return false if the consumer is closed or what was read had to be given back
    private boolean readBatch(Place from) throws JMSException, InterruptedException {
        Batch batch = begin(from);
        subscriber.awaitRoom();
        boolean open = take(batch, from.consumer().receive());
        if (!open) {
            return false;
        }
        int taken = 1;
        while (taken < mostInBatch && open) {
            subscriber.awaitRoom();
            open = take(batch, from.consumer().receiveNoWait());
            taken++;
        }
        if (!batch.awaitAccepted()) {
            return false;
        }
        from.session().commit();
        return true;
    }

    private Batch begin(Place from) {
        var batch = new Batch();
        current = batch;
        if (feed.stopped() || from.live().lost()) {
            batch.drop();
        }
        return batch;
    }

    private boolean take(Batch batch, Message received) {
        if (received == null || feed.stopped()) {
            return false;
        }
        batch.add();
        long tag = ++lastTag;
        batches.put(tag, batch);
        subscriber.deliver(
                new Delivery(IncomingMessage.of(received, wanted.target().backend()), tag));
        return true;
    }

    @Override
    public void accepted(Delivery delivery) {
        Batch batch = batches.remove(delivery.tag());
        if (batch != null) {
            batch.accepted();
        }
    }

    private void linkLost() {
        current.drop();
    }

    @Override
    public void ended(BackendFailure why) {
        subscriber.ended(why);
    }

    /// The thread that reads closes the session, after a commit that may be under way.
    @Override
    public void close() {
        onClose.accept(this);
        feed.stop();
        current.drop();
        feed.place()
                .ifPresent(place -> {
                    place.live().unwatch(onLoss);
                    Closing.andWait(place.consumer()::close);
                });
        feed.awaitEnd(Closing.LONGEST_WAIT);
        batches.clear();
    }
}
