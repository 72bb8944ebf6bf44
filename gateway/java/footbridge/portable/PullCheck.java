package footbridge.portable;

import footbridge.backend.BackendFailure;
import jakarta.jms.JMSException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/// Remembers the answer of [PullProbe]: a yes for good, a no for as long as the link lives. Safe
/// for use by any thread.
final class PullCheck {

    private boolean passed;
    private @Nullable LiveLink failedOn;

    /// Blocks while the question is put for the first time.
    ///
    /// @throws BackendFailure if the broker sends messages ahead, or the question cannot be put
    synchronized void require(LiveLink live) throws BackendFailure {
        if (!passed && failedOn != live) {
            ask(live);
        }
        if (!passed) {
            throw Failures.unsupported(
                    "messages of this broker cannot be settled one by one: its client reads ahead; the operator can set its prefetch to 0");
        }
    }

    private void ask(LiveLink live) throws BackendFailure {
        try {
            passed = PullProbe.passes(live);
        } catch (JMSException e) {
            throw Failures.ofCall(live, e);
        }
        if (!passed) {
            failedOn = live;
            System.getLogger(PullCheck.class.getName())
                    .log(
                            Level.WARNING,
                            "the provider reads ahead; the ack modes client and client-individual are refused until its prefetch is 0");
        }
    }
}
