package footbridge.backend;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// The subscribers that share one reader of a topic, each for every message or for those of one
/// key.
///
/// Subscribers come and go on any thread; [#deliver] is called by the reader alone.
public final class Fanout {

    private final List<Subscriber> all = new CopyOnWriteArrayList<>();
    private final Map<String, List<Subscriber>> byKey = new ConcurrentHashMap<>();

    /// @param key the only key whose messages the subscriber wants; empty for all messages
    public void add(Optional<String> key, Subscriber subscriber) {
        if (key.isEmpty()) {
            all.add(subscriber);
            return;
        }
        byKey.compute(
                key.get(),
                (_, present) -> {
                    List<Subscriber> subscribers =
                            present == null ? new CopyOnWriteArrayList<>() : present;
                    subscribers.add(subscriber);
                    return subscribers;
                });
    }

    public void remove(Optional<String> key, Subscriber subscriber) {
        if (key.isEmpty()) {
            all.remove(subscriber);
            return;
        }
        byKey.computeIfPresent(
                key.get(),
                (_, subscribers) -> {
                    subscribers.remove(subscriber);
                    return subscribers.isEmpty() ? null : subscribers;
                });
    }

    public boolean isEmpty() {
        return all.isEmpty() && byKey.isEmpty();
    }

    /// Whether anyone wants messages of this key: when nobody does, the reader need not make one.
    ///
    /// @param key the message's key; empty when it has none
    public boolean wants(Optional<String> key) {
        return !all.isEmpty() || key.filter(byKey::containsKey).isPresent();
    }

    /// Hands a message to everyone who wants it.
    ///
    /// @param key the message's key; empty when it has none
    public void deliver(Optional<String> key, Delivery delivery) {
        for (Subscriber subscriber : all) {
            subscriber.deliver(delivery);
        }
        if (key.isPresent() && !byKey.isEmpty()) {
            for (Subscriber subscriber : byKey.getOrDefault(key.get(), List.of())) {
                subscriber.deliver(delivery);
            }
        }
    }

    /// Tells everyone that nothing more will come, and forgets them.
    public void end(BackendFailure why) {
        all.forEach(subscriber -> subscriber.ended(why));
        byKey.values().forEach(list -> list.forEach(subscriber -> subscriber.ended(why)));
        all.clear();
        byKey.clear();
    }
}
