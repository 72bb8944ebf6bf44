package footbridge.app.login;

import footbridge.access.AccessDenied;
import footbridge.access.Credentials;
import footbridge.access.Identity;
import footbridge.access.Proven;
import footbridge.app.settings.FootbridgeSettings;
import io.quarkus.security.credential.PasswordCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/// Checks logins and passcodes: with the directory or database that knows the user, or else with
/// whatever identity provider Quarkus Security is configured with.
@ApplicationScoped
public class Realm {

    /// For the client; says not which of the two.
    static final String WRONG = "The login or the passcode is wrong.";

    private final UserStores stores;
    private final IdentityProviderManager providers;
    private final FootbridgeSettings settings;

    Realm(UserStores stores, IdentityProviderManager providers, FootbridgeSettings settings) {
        this.stores = stores;
        this.providers = providers;
        this.settings = settings;
    }

    Proven check(Credentials.Passcode passcode) throws AccessDenied {
        Optional<Proven> elsewhere = stores.look(passcode);
        return elsewhere.isPresent() ? elsewhere.get() : own(passcode);
    }

    private Proven own(Credentials.Passcode passcode) throws AccessDenied {
        var request =
                new UsernamePasswordAuthenticationRequest(
                        passcode.login(),
                        new PasswordCredential(passcode.passcode().toCharArray()));
        SecurityIdentity known =
                Verdict.of(providers.authenticate(request), settings.login().timeout(), WRONG);
        return new Proven(new Identity(known.getPrincipal().getName(), known.getRoles(), false));
    }
}
