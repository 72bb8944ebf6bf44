package footbridge.portable;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.InvalidSelectorException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.ResourceAllocationException;
import jakarta.jms.TransactionRolledBackException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/// What an exception of a provider means to a client of the gateway. Providers differ in what they
/// throw when a connection breaks, so a call that fails for no reason the API has a class for gets
/// the connection checked by making another session on it.
final class Failures {

    private static final Logger LOG = System.getLogger(Failures.class.getName());

    private Failures() {}

    public static BackendFailure unavailable() {
        return new BackendFailure(Kind.UNAVAILABLE, "the broker cannot be reached now");
    }

    static BackendFailure unsupported(String what) {
        return new BackendFailure(Kind.UNSUPPORTED, what);
    }

    public static BackendFailure heldMessagesLost() {
        return new BackendFailure(
                Kind.OUTCOME_UNKNOWN,
                "the link to the broker was lost; messages held by this client will be delivered again");
    }

    /// For a call that has no effect unless it is answered.
    public static BackendFailure ofCall(LiveLink live, JMSException cause) {
        return broken(live, cause)
                ? new BackendFailure(Kind.UNAVAILABLE, "the broker cannot be reached now", cause)
                : refusal(cause);
    }

    /// For a message that may have reached the broker.
    public static BackendFailure ofSend(LiveLink live, JMSException cause) {
        return broken(live, cause)
                ? new BackendFailure(
                        Kind.OUTCOME_UNKNOWN,
                        "the link to the broker was lost before it answered; the message may be stored",
                        cause)
                : refusal(cause);
    }

    /// For a commit.
    static BackendFailure ofCommit(LiveLink live, JMSException cause) {
        if (cause instanceof TransactionRolledBackException) {
            return new BackendFailure(
                    Kind.REFUSED,
                    "the broker rolled the transaction back; nothing was done",
                    cause);
        }
        return broken(live, cause)
                ? new BackendFailure(
                        Kind.OUTCOME_UNKNOWN,
                        "the link to the broker was lost before it answered; all of this was done, or nothing",
                        cause)
                : refusal(cause);
    }

    /// Whether the link is lost. Gives it up if it is and nobody has noticed yet.
    static boolean broken(LiveLink live, JMSException cause) {
        if (live.lost()) {
            return true;
        }
        if (hasReason(cause)) {
            return false;
        }
        if (fromSocket(cause) || !answers(live)) {
            live.lose();
            return true;
        }
        return false;
    }

    private static boolean hasReason(JMSException cause) {
        return cause instanceof JMSSecurityException
                || cause instanceof InvalidDestinationException
                || cause instanceof InvalidSelectorException
                || cause instanceof ResourceAllocationException;
    }

    private static boolean fromSocket(JMSException cause) {
        @Nullable Throwable each = cause;
        while (each != null && !(each instanceof IOException)) {
            each = each.getCause();
        }
        return each != null;
    }

    private static boolean answers(LiveLink live) {
        try {
            live.openAutomatic().close();
            return true;
        } catch (JMSException _) {
            return false;
        }
    }

    private static BackendFailure refusal(JMSException cause) {
        return switch (cause) {
            case JMSSecurityException _ ->
                    new BackendFailure(
                            Kind.FORBIDDEN, "the gateway may not do this at the broker", cause);
            case InvalidDestinationException _ ->
                    new BackendFailure(
                            Kind.NO_SUCH_TARGET,
                            "the queue or topic behind this destination does not exist",
                            cause);
            case InvalidSelectorException _ ->
                    new BackendFailure(
                            Kind.INVALID_SELECTOR,
                            "the broker does not understand the selector",
                            cause);
            case ResourceAllocationException _ ->
                    new BackendFailure(Kind.FULL, "the broker has no room for the message", cause);
            default -> {
                LOG.log(Level.WARNING, "the broker refused", cause);
                yield new BackendFailure(Kind.REFUSED, "the broker refused", cause);
            }
        };
    }
}
