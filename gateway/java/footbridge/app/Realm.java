package footbridge.app;

import footbridge.access.AccessDenied;
import footbridge.access.Credentials;
import footbridge.access.Identity;
import footbridge.access.Proven;
import io.quarkus.security.credential.PasswordCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import jakarta.enterprise.context.ApplicationScoped;

/// Checks logins and passcodes with whatever identity provider Quarkus Security is configured with.
@ApplicationScoped
public class Realm {

    private final IdentityProviderManager providers;
    private final FootbridgeSettings settings;

    Realm(IdentityProviderManager providers, FootbridgeSettings settings) {
        this.providers = providers;
        this.settings = settings;
    }

    Proven check(Credentials.Passcode passcode) throws AccessDenied {
        var request =
                new UsernamePasswordAuthenticationRequest(
                        passcode.login(),
                        new PasswordCredential(passcode.passcode().toCharArray()));
        SecurityIdentity known =
                Verdict.of(
                        providers.authenticate(request),
                        settings.login().timeout(),
                        "The login or the passcode is wrong.");
        return new Proven(new Identity(known.getPrincipal().getName(), known.getRoles(), false));
    }
}
