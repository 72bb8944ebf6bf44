package footbridge.app.login;

import footbridge.access.AccessDenied;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What Quarkus Security says of a client's credentials.
final class Verdict {

    private static final Logger LOG = System.getLogger(Verdict.class.getName());

    private Verdict() {}

    /// Waits for it; not for an event loop.
    ///
    /// @param wrong for the client, if the credentials are wrong
    /// @throws AccessDenied if they are, or if nobody could tell in time
    static SecurityIdentity of(Uni<SecurityIdentity> question, Duration timeout, String wrong)
            throws AccessDenied {
        try {
            return question.await().atMost(timeout);
        } catch (AuthenticationFailedException failed) {
            LOG.log(Level.DEBUG, () -> "login refused why=" + failed);
            throw new AccessDenied(wrong);
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    /// Nobody could tell.
    static AccessDenied unavailable(@Nullable Throwable why) {
        LOG.log(Level.WARNING, () -> "logins cannot be checked why=" + why);
        return new AccessDenied(
                AccessDenied.Kind.UNAVAILABLE,
                "Who the client is cannot be checked now; try again later.");
    }
}
