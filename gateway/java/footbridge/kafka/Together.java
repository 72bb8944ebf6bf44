package footbridge.kafka;

import footbridge.backend.BackendFailure;
import footbridge.backend.Confirmation;
import java.util.concurrent.atomic.AtomicInteger;

/// One confirmation of several: the first failure, or the last success. Safe for use by any thread.
final class Together implements Confirmation {

    private final Confirmation whole;
    private final AtomicInteger left;

    /// @param parts how many confirmations make up the whole
    Together(Confirmation whole, int parts) {
        this.whole = whole;
        this.left = new AtomicInteger(parts);
    }

    @Override
    public void confirmed() {
        if (left.decrementAndGet() == 0) {
            whole.confirmed();
        }
    }

    @Override
    public void failed(BackendFailure why) {
        if (left.getAndSet(Integer.MIN_VALUE / 2) > 0) {
            whole.failed(why);
        }
    }
}
