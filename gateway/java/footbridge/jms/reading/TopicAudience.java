package footbridge.jms.reading;

import footbridge.backend.BackendFailure;
import footbridge.backend.Delivery;
import footbridge.backend.Subscriber;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.activemq.artemis.api.core.client.ClientMessage;

/// The subscribers that share one reader of a topic. Some do not want what they have sent
/// themselves.
///
/// Subscribers come and go on any thread; [#deliver] is called by the reader alone.
final class TopicAudience {

    private final List<Subscriber> all = new CopyOnWriteArrayList<>();
    private final List<Distant> distant = new CopyOnWriteArrayList<>();

    /// A subscriber that wants what comes from elsewhere.
    private record Distant(Origin notFrom, Subscriber subscriber) {}

    /// @param notFrom whose messages the subscriber does not want
    void add(Optional<Origin> notFrom, Subscriber subscriber) {
        if (notFrom.isPresent()) {
            distant.add(new Distant(notFrom.get(), subscriber));
        } else {
            all.add(subscriber);
        }
    }

    void remove(Subscriber subscriber) {
        if (!all.remove(subscriber)) {
            distant.removeIf(each -> each.subscriber().equals(subscriber));
        }
    }

    boolean isEmpty() {
        return all.isEmpty() && distant.isEmpty();
    }

    void deliver(ClientMessage received, Delivery delivery) {
        for (Subscriber subscriber : all) {
            subscriber.deliver(delivery);
        }
        if (!distant.isEmpty()) {
            deliverUnlessFrom(Origin.of(received), delivery);
        }
    }

    private void deliverUnlessFrom(Optional<Origin> sender, Delivery delivery) {
        for (Distant each : distant) {
            if (sender.isEmpty() || !sender.get().equals(each.notFrom())) {
                each.subscriber().deliver(delivery);
            }
        }
    }

    /// Tells everyone that nothing more will come, and forgets them.
    void end(BackendFailure why) {
        all.forEach(subscriber -> subscriber.ended(why));
        distant.forEach(each -> each.subscriber().ended(why));
        all.clear();
        distant.clear();
    }
}
