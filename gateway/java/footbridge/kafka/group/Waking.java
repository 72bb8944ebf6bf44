package footbridge.kafka.group;

import java.util.function.Supplier;
import org.apache.kafka.common.errors.WakeupException;

/// Calls to a consumer that a late wake-up, meant for a poll that had ended by itself, must not
/// end.
final class Waking {

    private Waking() {}

    /// @param call may be repeated
    static <T> T again(Supplier<T> call) {
        try {
            return call.get();
        } catch (WakeupException e) {
            return call.get();
        }
    }
}
