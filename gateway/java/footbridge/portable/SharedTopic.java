package footbridge.portable;

import footbridge.backend.BackendFailure;
import footbridge.backend.Delivery;
import footbridge.backend.Fanout;
import footbridge.backend.Subscriber;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.function.Consumer;

/// The one consumer that the node has on a topic with a selector or none, for all its subscribers
/// whose messages count as delivered when the broker has sent them. What is sent while the link is
/// lost is missed, as by any non-durable subscriber. Safe for use by any thread.
final class SharedTopic implements Feed.Source {

    /// Nothing is settled here.
    private static final long NO_TAG = 0;

    private final Wanted wanted;
    private final Consumer<SharedTopic> onEnd;
    private final Fanout fanout = new Fanout();
    private final Feed feed;
    private boolean started;
    private boolean finished;

    /// @param onEnd told when it has ended and can be forgotten
    SharedTopic(Wanted wanted, Link link, Consumer<SharedTopic> onEnd) {
        this.wanted = wanted;
        this.onEnd = onEnd;
        feed = new Feed(wanted.target().toString(), link, this);
    }

    /// Adds a subscriber, who gets every message from now on. Blocks for a few round trips when it
    /// is the first.
    ///
    /// @return false if this has ended and another is needed
    synchronized boolean join(Subscriber subscriber) throws BackendFailure {
        if (finished) {
            return false;
        }
        if (!started) {
            start();
        }
        if (!feed.inPlace()) {
            throw Failures.unavailable();
        }
        fanout.add(subscriber);
        return true;
    }

    private void start() throws BackendFailure {
        try {
            feed.start();
            started = true;
        } finally {
            if (!started) {
                finish();
            }
        }
    }

    /// Removes a subscriber; the consumer goes with the last one.
    synchronized void leave(Subscriber subscriber) {
        fanout.remove(subscriber);
        if (fanout.isEmpty() && !finished) {
            finish();
            feed.stop();
            feed.place().ifPresent(place -> Closing.aside(place::close));
        }
    }

    private void finish() {
        finished = true;
        onEnd.accept(this);
    }

    @Override
    public Place open(LiveLink live) throws JMSException, BackendFailure {
        return Place.open(live, live.openAutomatic(), wanted);
    }

    @Override
    public boolean drain(Place from) throws JMSException {
        Message received;
        while (!feed.stopped() && (received = from.consumer().receive()) != null) {
            fanout.deliver(
                    new Delivery(IncomingMessage.of(received, wanted.target().backend()), NO_TAG));
        }
        return false;
    }

    @Override
    public synchronized void ended(BackendFailure why) {
        finish();
        fanout.end(why);
    }
}
