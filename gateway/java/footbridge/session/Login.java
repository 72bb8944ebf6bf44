package footbridge.session;

import footbridge.access.AccessDenied;
import footbridge.access.Attempt;
import footbridge.access.Authenticator;
import footbridge.access.Identity;
import footbridge.access.Proven;

/// The question who a client is, to be asked outside of the session, which knows no waiting.
public record Login(Authenticator authenticator, Attempt attempt) {

    /// Asks. May block while a directory is asked.
    public Answer ask() {
        try {
            return new Answer.Known(authenticator.authenticate(attempt));
        } catch (AccessDenied denied) {
            return new Answer.Refused(code(denied.kind()), denied.getMessage());
        }
    }

    private static ErrorCode code(AccessDenied.Kind kind) {
        return switch (kind) {
            case REFUSED -> ErrorCode.LOGIN_REFUSED;
            case THROTTLED -> ErrorCode.LOGIN_THROTTLED;
            case UNAVAILABLE -> ErrorCode.LOGIN_UNAVAILABLE;
        };
    }

    /// Who the client is, or why it is nobody; for [Session#answered].
    public sealed interface Answer {

        record Known(Proven proven) implements Answer {

            /// Known for as long as it likes.
            public Known(Identity identity) {
                this(new Proven(identity));
            }
        }

        /// @param why for the client
        record Refused(ErrorCode code, String why) implements Answer {}
    }
}
