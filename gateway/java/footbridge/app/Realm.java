package footbridge.app;

import footbridge.access.AccessDenied;
import footbridge.access.Authenticator;
import footbridge.access.Credentials;
import footbridge.access.Identity;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.credential.PasswordCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/// Checks STOMP logins against whatever identity provider Quarkus Security is configured with.
@ApplicationScoped
public class Realm implements Authenticator {

    private final IdentityProviderManager providers;
    private final FootbridgeSettings settings;

    Realm(IdentityProviderManager providers, FootbridgeSettings settings) {
        this.providers = providers;
        this.settings = settings;
    }

    @Override
    public Identity authenticate(Optional<Credentials> credentials) throws AccessDenied {
        if (credentials.isEmpty()) {
            if (settings.anonymous()) {
                return Identity.ANONYMOUS;
            }
            throw new AccessDenied("This server wants a login and a passcode.");
        }
        return authenticate(credentials.get());
    }

    private Identity authenticate(Credentials credentials) throws AccessDenied {
        var request =
                new UsernamePasswordAuthenticationRequest(
                        credentials.login(),
                        new PasswordCredential(credentials.passcode().toCharArray()));
        try {
            SecurityIdentity identity = providers.authenticateBlocking(request);
            return new Identity(identity.getPrincipal().getName(), identity.getRoles(), false);
        } catch (AuthenticationFailedException wrong) {
            throw new AccessDenied("The login or the passcode is wrong.");
        }
    }
}
