package footbridge.access;

import java.util.Objects;

/// A client is not let in. The message is written for the client, and tells nothing about inside.
/// Carries no stack trace: it is an answer, not a fault.
public final class AccessDenied extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /// Why not.
    public enum Kind {
        /// What it brought is wrong, or missing, or not taken here.
        REFUSED,
        /// There were too many wrong attempts before this one, which was not looked at.
        THROTTLED,
        /// Whoever could tell cannot be reached; the same may be right later.
        UNAVAILABLE
    }

    public AccessDenied(String message) {
        this(Kind.REFUSED, message);
    }

    public AccessDenied(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
