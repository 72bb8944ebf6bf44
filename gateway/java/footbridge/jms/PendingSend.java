package footbridge.jms;

import footbridge.backend.BackendFailure;
import footbridge.backend.Confirmation;
import footbridge.jms.link.Failures;
import footbridge.jms.link.LiveLink;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.client.SendAcknowledgementHandler;

/// A send that the broker has not answered yet. Tells its outcome once, whoever learns it first.
final class PendingSend implements SendAcknowledgementHandler {

    private final LiveLink live;
    private final Confirmation confirmation;
    private final AtomicBoolean told = new AtomicBoolean();

    PendingSend(LiveLink live, Confirmation confirmation) {
        this.live = live;
        this.confirmation = confirmation;
    }

    @Override
    public void sendAcknowledged(Message message) {
        if (claim()) {
            confirmation.confirmed();
        }
    }

    @Override
    public void sendFailed(Message message, Exception why) {
        fail(Failures.ofSend(live, why));
    }

    void fail(BackendFailure why) {
        if (claim()) {
            confirmation.failed(why);
        }
    }

    /// Takes the right to tell the outcome; true for the first caller only.
    boolean claim() {
        return told.compareAndSet(false, true);
    }
}
