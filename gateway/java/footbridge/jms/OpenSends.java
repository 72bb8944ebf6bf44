package footbridge.jms;

import footbridge.backend.BackendFailure;
import footbridge.backend.Confirmation;
import footbridge.jms.link.Failures;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Counts the sends of one client that the broker has not answered yet, so that a transaction can
/// wait for those before it.
///
/// Safe for use by any thread.
final class OpenSends {

    private int open;
    private @Nullable BackendFailure failure;

    /// Counts a send, and counts it off when `outcome` was told.
    Confirmation add(Confirmation outcome) {
        synchronized (this) {
            open++;
        }
        return new Confirmation() {
            @Override
            public void confirmed() {
                outcome.confirmed();
                remove();
            }

            @Override
            public void failed(BackendFailure why) {
                outcome.failed(why);
                remember(why);
                remove();
            }
        };
    }

    /// Counts off a send whose outcome is not told, because it was not made.
    synchronized void remove() {
        open--;
        notifyAll();
    }

    private synchronized void remember(BackendFailure why) {
        failure = why;
    }

    /// Waits until the broker has answered all. Returns the failure of one of them, if one failed.
    ///
    /// @throws BackendFailure if that takes longer than `longest`
    synchronized Optional<BackendFailure> await(Duration longest)
            throws BackendFailure, InterruptedException {
        failure = null;
        long end = System.nanoTime() + longest.toNanos();
        while (open > 0) {
            long millis = Duration.ofNanos(end - System.nanoTime()).toMillis();
            if (millis <= 0) {
                throw Failures.nothingDone(Failures.unavailable());
            }
            wait(millis);
        }
        return Optional.ofNullable(failure);
    }
}
