package footbridge.session;

/// The `code` header of the ERROR frames that the session itself decides on. Beside these stand the
/// codes of [footbridge.stomp.ProtocolViolation] and [footbridge.backend.BackendFailure.Kind].
/// Clients may rely on them: a code never changes its meaning.
public enum ErrorCode {
    /// Something other than CONNECT came first.
    NOT_CONNECTED("not-connected"),
    /// A second CONNECT on a live session.
    ALREADY_CONNECTED("already-connected"),
    /// No STOMP version in common.
    UNSUPPORTED_VERSION("unsupported-version"),
    /// The credentials are wrong, or missing where they are needed.
    LOGIN_REFUSED("login-refused"),
    /// Too many failed logins from this address or for this name; this one was not looked at.
    LOGIN_THROTTLED("login-throttled"),
    /// The credentials cannot be checked now.
    LOGIN_UNAVAILABLE("login-unavailable"),
    /// The token that opened or renewed the session has expired.
    TOKEN_EXPIRED("token-expired"),
    /// The certificate that let the client in has expired.
    CERTIFICATE_EXPIRED("certificate-expired"),
    /// The token of a frame does not renew this session.
    RENEWAL_REFUSED("renewal-refused"),
    /// No rule answers the destination.
    NO_SUCH_DESTINATION("no-such-destination"),
    /// The rule does not allow this operation, or not to this client.
    ACCESS_DENIED("access-denied"),
    /// The subscription id is in use on this connection.
    SUBSCRIPTION_IN_USE("subscription-in-use"),
    /// The connection has no subscription of this id.
    UNKNOWN_SUBSCRIPTION("unknown-subscription"),
    /// No message of this id is held by the client, or a transaction is going to settle it.
    UNKNOWN_MESSAGE("unknown-message"),
    /// The transaction's name is in use on this connection.
    TRANSACTION_IN_USE("transaction-in-use"),
    /// The connection has no open transaction of this name.
    UNKNOWN_TRANSACTION("unknown-transaction"),
    /// A transaction would have to be committed by two brokers at once.
    TRANSACTION_SPANS_BACKENDS("transaction-spans-backends"),
    /// A transaction over several brokers has failed after one of them had committed.
    TRANSACTION_PARTLY_DONE("transaction-partly-done"),
    /// More open transactions than a connection may have.
    TOO_MANY_TRANSACTIONS("too-many-transactions"),
    /// More in one transaction than it may hold.
    TRANSACTION_TOO_LARGE("transaction-too-large"),
    /// More temporary queues than a connection may have.
    TOO_MANY_TEMPORARY_QUEUES("too-many-temporary-queues"),
    /// This kind of broker cannot do it.
    UNSUPPORTED("unsupported"),
    /// The rule of the destination needs a header that is not there.
    MISSING_HEADER("missing-header"),
    /// A header has a value that makes no sense.
    INVALID_HEADER("invalid-header"),
    /// More subscriptions than a connection may have.
    TOO_MANY_SUBSCRIPTIONS("too-many-subscriptions"),
    /// The body is larger than the rule allows.
    BODY_TOO_LARGE("body-too-large"),
    /// The rule wants text, and the body is not valid UTF-8.
    BODY_NOT_TEXT("body-not-text"),
    /// The rule of a subscription was changed or is gone.
    RULE_CHANGED("rule-changed"),
    /// More connections than the node takes, or than it takes from one address.
    TOO_MANY_CONNECTIONS("too-many-connections"),
    /// More frames in a second than the gateway takes from a client.
    TOO_MANY_FRAMES("too-many-frames"),
    /// The client read more slowly than its messages came.
    SLOW_CONSUMER("slow-consumer"),
    /// A message is not text, and the client's transport carries only that.
    BINARY_MESSAGE("binary-message"),
    /// The client sent nothing for longer than its heart-beat allows.
    HEART_BEAT_MISSED("heart-beat-missed"),
    /// No CONNECT came in time.
    CONNECT_TIMEOUT("connect-timeout"),
    /// An operator has ended the connection.
    DISMISSED("dismissed"),
    /// The gateway is shutting down.
    SHUTTING_DOWN("shutting-down"),
    /// A fault of the gateway's own; its log says more.
    INTERNAL_ERROR("internal-error");

    private final String code;

    ErrorCode(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /// The code in words: the `message` header of its ERROR.
    String headline() {
        String words = code.replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
