package footbridge.kafka;

import footbridge.backend.BackendFailure;
import footbridge.backend.Delivery;
import footbridge.backend.Message;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A subscriber that keeps what it gets.
public final class Received implements Subscriber {

    public final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    final List<BackendFailure> ends = new CopyOnWriteArrayList<>();

    final AtomicInteger settled = new AtomicInteger();

    private volatile Optional<Subscription> accepting = Optional.empty();

    @Override
    public void deliver(Delivery delivery) {
        deliveries.add(delivery);
        accepting.ifPresent(subscription -> subscription.accepted(delivery));
    }

    /// As a socket that takes everything at once, from what has come on.
    void acceptFor(Subscription subscription) {
        accepting = Optional.of(subscription);
        deliveries.forEach(subscription::accepted);
    }

    @Override
    public void settled() {
        settled.incrementAndGet();
    }

    @Override
    public void ended(BackendFailure why) {
        ends.add(why);
    }

    public List<String> bodies() {
        return deliveries.stream().map(delivery -> text(delivery.message())).toList();
    }

    static String text(Message message) {
        return StandardCharsets.UTF_8.decode(message.body()).toString();
    }
}
