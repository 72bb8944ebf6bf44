package footbridge.backend;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The subscribers that share one reader of a topic, each for every message.
///
/// Subscribers come and go on any thread; [#deliver] is called by the reader alone.
public final class Fanout {

    private final List<Subscriber> all = new CopyOnWriteArrayList<>();

    public void add(Subscriber subscriber) {
        all.add(subscriber);
    }

    public void remove(Subscriber subscriber) {
        all.remove(subscriber);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /// Hands a message to everyone.
    public void deliver(Delivery delivery) {
        for (Subscriber subscriber : all) {
            subscriber.deliver(delivery);
        }
    }

    /// Tells everyone that nothing more will come, and forgets them.
    public void end(BackendFailure why) {
        all.forEach(subscriber -> subscriber.ended(why));
        all.clear();
    }
}
