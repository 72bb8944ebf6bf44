package footbridge.portable;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.Delivery;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import footbridge.backend.Target;
import jakarta.jms.JMSException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// A subscription whose client settles its messages, over as many lanes as the client may hold
/// messages. A queue has several; a topic has one, because each consumer of a topic gets every
/// message.
///
/// A loss of the link takes from the client what it holds, which ends the subscription; with
/// nothing in the client's hands it goes on when the link is back.
final class LaneSubscription implements Subscription {

    private final Wanted wanted;
    private final Subscriber subscriber;
    private final Consumer<LaneSubscription> onClose;
    private final Semaphore turn = new Semaphore(1);
    private final List<Lane> lanes;
    private final Map<Long, Held> held = new ConcurrentHashMap<>();
    private final Runnable onLoss = this::linkLost;
    private boolean over;
    private long lastTag;

    /// @param onClose told when the client closes the subscription
    LaneSubscription(
            Link link,
            Wanted wanted,
            int lanes,
            Subscriber subscriber,
            Consumer<LaneSubscription> onClose) {
        this.wanted = wanted;
        this.subscriber = subscriber;
        this.onClose = onClose;
        this.lanes =
                IntStream.range(0, lanes)
                        .mapToObj(n -> new Lane(this, turn, "lane-" + n, link))
                        .toList();
    }

    /// Blocks for a few round trips.
    void start() throws BackendFailure {
        lanes.getFirst().feed().start();
        lanes.stream().skip(1).forEach(lane -> lane.feed().startLater());
    }

    Place open(LiveLink live) throws JMSException, BackendFailure {
        Place opened = Place.open(live, live.openTransacted(), wanted);
        live.watch(onLoss);
        return opened;
    }

    /// A consumer that is closed on a topic misses what is sent meanwhile.
    boolean replacesLanes() {
        return wanted.target() instanceof Target.JmsQueue;
    }

    void awaitRoom() throws InterruptedException {
        subscriber.awaitRoom();
    }

    /// Gives a message to the client.
    synchronized Held handOver(Place from, jakarta.jms.Message received) {
        var taken = new Held(from);
        if (over) {
            taken.drop();
            return taken;
        }
        long tag = ++lastTag;
        held.put(tag, taken);
        subscriber.deliver(
                new Delivery(IncomingMessage.of(received, wanted.target().backend()), tag));
        taken.dropIfLost();
        return taken;
    }

    @Override
    public void accepted(Delivery delivery) {
        Held accepted = held.get(delivery.tag());
        if (accepted != null) {
            accepted.markWritten();
            endIfHeld();
        }
    }

    /// What is to be settled, which the client holds no more from here on.
    ///
    /// @throws BackendFailure if the client does not hold it
    Held take(Delivery delivery) throws BackendFailure {
        Held found = held.remove(delivery.tag());
        if (found == null) {
            throw new BackendFailure(Kind.REFUSED, "this client does not hold the message");
        }
        return found;
    }

    private void linkLost() {
        held.values().forEach(Held::dropIfLost);
        endIfHeld();
    }

    private void endIfHeld() {
        if (held.values().stream().anyMatch(Held::lostAtClient)) {
            end(Failures.heldMessagesLost());
        }
    }

    void end(BackendFailure why) {
        if (stop()) {
            subscriber.ended(why);
        }
    }

    @Override
    public void close() {
        onClose.accept(this);
        stop();
        lanes.stream()
                .map(lane -> lane.feed().place())
                .flatMap(Optional::stream)
                .map(place -> Closing.aside(place::close))
                .toList()
                .forEach(Closing::join);
    }

    /// False if it was over before.
    private boolean stop() {
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
        }
        lanes.forEach(lane -> {
            lane.feed().stop();
            lane.feed().place().ifPresent(place -> place.live().unwatch(onLoss));
        });
        held.values().forEach(Held::drop);
        turn.release(lanes.size()); // those that wait for it end
        return true;
    }
}
