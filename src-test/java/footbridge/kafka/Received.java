package footbridge.kafka;

import footbridge.backend.BackendFailure;
import footbridge.backend.Delivery;
import footbridge.backend.Message;
import footbridge.backend.Subscriber;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A subscriber that keeps what it gets.
final class Received implements Subscriber {

    final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    final List<BackendFailure> ends = new CopyOnWriteArrayList<>();

    @Override
    public void deliver(Delivery delivery) {
        deliveries.add(delivery);
    }

    @Override
    public void ended(BackendFailure why) {
        ends.add(why);
    }

    List<String> bodies() {
        return deliveries.stream().map(delivery -> text(delivery.message())).toList();
    }

    static String text(Message message) {
        return StandardCharsets.UTF_8.decode(message.body()).toString();
    }
}
