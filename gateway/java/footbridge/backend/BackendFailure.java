package footbridge.backend;

import java.util.Objects;

/// A broker could not or would not do what it was asked. The message is written for the client: no
/// host names, no exception texts; the cause, where there is one, is for the log.
public final class BackendFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public BackendFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public BackendFailure(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    public Kind kind() {
        return kind;
    }

    /// What went wrong, as the stable code of an ERROR frame.
    public enum Kind {
        /// The broker cannot be reached; nothing was done.
        UNAVAILABLE("backend-unavailable"),
        /// The link was lost before the broker answered: done or not done, nobody knows.
        OUTCOME_UNKNOWN("outcome-unknown"),
        /// The queue or topic does not exist and the rule does not create it.
        NO_SUCH_TARGET("no-such-target"),
        /// The account may not do this at the broker.
        FORBIDDEN("backend-forbidden"),
        /// The broker does not know the client by its own account, or the client has none.
        LOGIN_REFUSED("backend-login-refused"),
        /// The broker has no room: an address is full, a quota is spent.
        FULL("backend-full"),
        /// The broker has had a message of this duplicate id before.
        DUPLICATE("duplicate-rejected"),
        /// The message is larger than the broker takes.
        TOO_LARGE("message-too-large"),
        /// A header of the message has a value that it cannot have.
        INVALID_HEADER("invalid-header"),
        /// The topic has no records there, or not any more.
        OFFSET_OUT_OF_RANGE("offset-out-of-range"),
        /// The topic has more keys than the gateway keeps the newest records of.
        SNAPSHOT_TOO_LARGE("snapshot-too-large"),
        /// The body is not what the message's headers say.
        INVALID_BODY("invalid-body"),
        /// The selector is none that the broker understands.
        INVALID_SELECTOR("invalid-selector"),
        /// Another client has the durable subscription now.
        DURABLE_IN_USE("durable-subscription-in-use"),
        /// The broker has taken a message back that the client had not settled in time.
        LOCK_EXPIRED("lock-expired"),
        /// The group has given the message's partition to another of its members.
        PARTITION_REVOKED("partition-revoked"),
        /// The group, or the node, has as many members as it may have.
        TOO_MANY_MEMBERS("too-many-members"),
        /// This kind of backend cannot do what was asked.
        UNSUPPORTED("unsupported"),
        /// The broker refused for a reason of its own.
        REFUSED("backend-refused");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }
    }
}
