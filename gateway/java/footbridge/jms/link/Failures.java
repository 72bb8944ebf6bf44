package footbridge.jms.link;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;

/// What an exception of the Artemis client means to a client of the gateway.
public final class Failures {

    private static final Logger LOG = System.getLogger(Failures.class.getName());

    private static final String UNAVAILABLE = "the broker cannot be reached now";
    private static final String OUTCOME_UNKNOWN =
            "the link to the broker was lost before it answered; the message may be stored";

    private Failures() {}

    public static BackendFailure unavailable() {
        return new BackendFailure(Kind.UNAVAILABLE, UNAVAILABLE);
    }

    static BackendFailure unavailable(Exception cause) {
        return new BackendFailure(Kind.UNAVAILABLE, UNAVAILABLE, cause);
    }

    public static BackendFailure outcomeUnknown() {
        return new BackendFailure(Kind.OUTCOME_UNKNOWN, OUTCOME_UNKNOWN);
    }

    public static BackendFailure outcomeUnknown(Exception cause) {
        return new BackendFailure(Kind.OUTCOME_UNKNOWN, OUTCOME_UNKNOWN, cause);
    }

    public static BackendFailure heldMessagesLost() {
        return new BackendFailure(
                Kind.OUTCOME_UNKNOWN,
                "the link to the broker was lost; messages held by this client will be delivered"
                        + " again");
    }

    public static BackendFailure answersLost() {
        return new BackendFailure(
                Kind.OUTCOME_UNKNOWN,
                "the link to the broker was lost, and with it a temporary queue of this client;"
                        + " answers in it are lost");
    }

    /// A transaction whose answer did not come.
    public static BackendFailure outcomeOfTransactionUnknown(Exception cause) {
        return new BackendFailure(
                Kind.OUTCOME_UNKNOWN,
                "the link to the broker was lost before it answered; all of this was done, or"
                        + " nothing",
                cause);
    }

    /// A transaction that was not begun because of a send before it.
    public static BackendFailure earlierSendFailed(BackendFailure why) {
        Kind kind = why.kind() == Kind.OUTCOME_UNKNOWN ? Kind.UNAVAILABLE : why.kind();
        return new BackendFailure(
                kind,
                "an earlier message of this client was not confirmed; nothing of the transaction"
                        + " was done",
                why);
    }

    /// The same failure, of a transaction that has left no trace.
    public static BackendFailure nothingDone(BackendFailure why) {
        Kind kind = why.kind() == Kind.OUTCOME_UNKNOWN ? Kind.UNAVAILABLE : why.kind();
        return new BackendFailure(kind, why.getMessage() + "; nothing was done", why);
    }

    public static BackendFailure durableInUse() {
        return new BackendFailure(
                Kind.DURABLE_IN_USE, "another client is using this durable subscription now");
    }

    static BackendFailure noSuchQueue() {
        return new BackendFailure(
                Kind.NO_SUCH_TARGET, "the queue behind this destination does not exist");
    }

    static BackendFailure nobodyWaits() {
        return new BackendFailure(
                Kind.NO_SUCH_TARGET, "nobody waits for this answer any more: its queue is gone");
    }

    static BackendFailure noSuchTopic() {
        return new BackendFailure(
                Kind.NO_SUCH_TARGET, "the topic behind this destination does not exist");
    }

    /// For a call that has no effect unless it is answered.
    public static BackendFailure ofCall(LiveLink live, Exception cause) {
        return live.lost() || linkLost(cause) ? unavailable(cause) : refusal(live, cause);
    }

    /// For a message that may have reached the broker.
    public static BackendFailure ofSend(LiveLink live, Exception cause) {
        return live.lost() || linkLost(cause) ? outcomeUnknown(cause) : refusal(live, cause);
    }

    /// A client that must be known by its own account has none.
    static BackendFailure noAccount() {
        return new BackendFailure(
                Kind.LOGIN_REFUSED,
                "this broker wants to know each client by its own account, and this client has"
                        + " brought neither a login and a passcode nor a token");
    }

    private static BackendFailure forbidden(LiveLink live, Exception cause) {
        if (cause instanceof LoginRefused) {
            return new BackendFailure(
                    Kind.LOGIN_REFUSED, "the broker does not take this client's account", cause);
        }
        return new BackendFailure(
                Kind.FORBIDDEN,
                (live.ofClient() ? "this client" : "the gateway")
                        + " may not do this at the broker",
                cause);
    }

    /// Whether nobody can tell any more what the broker did. An internal error is one of a broker
    /// that dies, or of the client library when a link breaks at the wrong moment.
    public static boolean linkLost(Exception cause) {
        return cause instanceof ActiveMQException known
                && switch (known.getType()) {
                    case NOT_CONNECTED,
                            CONNECTION_TIMEDOUT,
                            DISCONNECTED,
                            INTERNAL_ERROR,
                            IO_ERROR,
                            UNBLOCKED,
                            OBJECT_CLOSED,
                            REMOTE_DISCONNECT,
                            SESSION_CREATION_REJECTED,
                            SHUTDOWN_ERROR,
                            TIMEOUT_EXCEPTION ->
                            true;
                    default -> false;
                };
    }

    private static BackendFailure refusal(LiveLink live, Exception cause) {
        ActiveMQExceptionType type =
                cause instanceof ActiveMQException known
                        ? known.getType()
                        : ActiveMQExceptionType.GENERIC_EXCEPTION;
        return switch (type) {
            case ADDRESS_FULL ->
                    new BackendFailure(Kind.FULL, "the broker has no room for the message", cause);
            case DUPLICATE_ID_REJECTED ->
                    new BackendFailure(
                            Kind.DUPLICATE,
                            "the broker has had a message of this duplicate-id before",
                            cause);
            case SECURITY_EXCEPTION, CLUSTER_SECURITY_EXCEPTION -> forbidden(live, cause);
            case QUEUE_DOES_NOT_EXIST, ADDRESS_DOES_NOT_EXIST ->
                    new BackendFailure(
                            Kind.NO_SUCH_TARGET,
                            "the queue or topic behind this destination does not exist",
                            cause);
            case INVALID_FILTER_EXPRESSION ->
                    new BackendFailure(
                            Kind.INVALID_SELECTOR,
                            "the broker does not understand the selector",
                            cause);
            case MAX_CONSUMER_LIMIT_EXCEEDED ->
                    new BackendFailure(
                            Kind.REFUSED, "the queue has all the consumers it may have", cause);
            default -> {
                LOG.log(Level.WARNING, "the broker refused type=" + type, cause);
                yield new BackendFailure(Kind.REFUSED, "the broker refused", cause);
            }
        };
    }
}
