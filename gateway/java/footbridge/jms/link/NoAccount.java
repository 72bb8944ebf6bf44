package footbridge.jms.link;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Confirmation;
import footbridge.backend.Message;
import footbridge.backend.Selection;
import footbridge.backend.Settlement;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import footbridge.backend.Target;
import footbridge.backend.TransactedSend;
import java.util.List;

/// What a client has open that should be known to the broker by its own account and has none:
/// nothing. The gateway's account never stands in for it.
public final class NoAccount implements BackendSession {

    @Override
    public void send(Target target, Message message, Confirmation confirmation)
            throws BackendFailure {
        throw Failures.noAccount();
    }

    @Override
    public Subscription subscribe(Target target, SubscribeOptions options, Subscriber subscriber)
            throws BackendFailure {
        throw Failures.noAccount();
    }

    @Override
    public void delete(Selection.Durable durable) throws BackendFailure {
        throw Failures.noAccount();
    }

    @Override
    public void commit(List<TransactedSend> sends, List<Settlement> settlements)
            throws BackendFailure {
        throw Failures.noAccount();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
