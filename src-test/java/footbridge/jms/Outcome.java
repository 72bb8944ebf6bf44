package footbridge.jms;

import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.Confirmation;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts how one send ended, and how often it was told.
public final class Outcome implements Confirmation {

    private final AtomicInteger confirmations = new AtomicInteger();
    private final List<BackendFailure> failures = new CopyOnWriteArrayList<>();

    @Override
    public void confirmed() {
        confirmations.incrementAndGet();
    }

    @Override
    public void failed(BackendFailure why) {
        failures.add(why);
    }

    public int times() {
        return confirmations.get() + failures.size();
    }

    public boolean isConfirmed() {
        return confirmations.get() > 0;
    }

    public Outcome awaitEnd() {
        await().pollInterval(Duration.ofMillis(2)).until(() -> times() > 0);
        return this;
    }

    public BackendFailure failure() {
        return failures.getFirst();
    }
}
