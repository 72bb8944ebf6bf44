package footbridge.jms;

import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.Delivery;
import footbridge.backend.Subscriber;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what a subscription brings.
public final class Inbox implements Subscriber {

    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final List<BackendFailure> ends = new CopyOnWriteArrayList<>();

    @Override
    public void deliver(Delivery delivery) {
        deliveries.add(delivery);
    }

    @Override
    public void ended(BackendFailure why) {
        ends.add(why);
    }

    public List<Delivery> deliveries() {
        return deliveries;
    }

    public List<BackendFailure> ends() {
        return ends;
    }

    public List<String> texts() {
        return deliveries.stream().map(Inbox::text).toList();
    }

    public Delivery await1() {
        return awaitCount(1).getFirst();
    }

    public List<Delivery> awaitCount(int count) {
        if (deliveries.size() >= count) {
            return deliveries;
        }
        await().pollInterval(Duration.ofMillis(2)).until(() -> deliveries.size() >= count);
        return deliveries;
    }

    public static String text(Delivery delivery) {
        return StandardCharsets.UTF_8.decode(delivery.message().body()).toString();
    }
}
