package footbridge.session;

import footbridge.access.AccessDenied;
import footbridge.access.Authenticator;
import footbridge.access.Credentials;
import footbridge.access.Identity;
import java.util.Optional;

/// The question who a client is, to be asked outside of the session, which knows no waiting.
///
/// @param credentials what the client brought; empty when it brought nothing
public record Login(Authenticator authenticator, Optional<Credentials> credentials) {

    /// Asks. May block while a directory is asked.
    public Answer ask() {
        try {
            return new Answer.Known(authenticator.authenticate(credentials));
        } catch (AccessDenied denied) {
            return new Answer.Refused(denied.getMessage());
        }
    }

    /// Who the client is, or why it is nobody; for [Session#answered].
    public sealed interface Answer {

        record Known(Identity identity) implements Answer {}

        /// @param why for the client
        record Refused(String why) implements Answer {}
    }
}
