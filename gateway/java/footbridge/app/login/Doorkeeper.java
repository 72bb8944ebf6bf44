package footbridge.app.login;

import footbridge.access.AccessDenied;
import footbridge.access.Attempt;
import footbridge.access.Authenticator;
import footbridge.access.Credentials;
import footbridge.access.FailedLogins;
import footbridge.access.Identity;
import footbridge.access.LoginLimits;
import footbridge.access.Proven;
import footbridge.access.Way;
import footbridge.app.console.Operators;
import footbridge.app.settings.Bounds;
import footbridge.app.settings.FootbridgeSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Lets clients in: looks whether their listener takes what they bring, keeps those out that failed
/// too often, and has the rest checked by Quarkus Security.
@ApplicationScoped
public class Doorkeeper implements Authenticator {

    private final FootbridgeSettings settings;
    private final Realm realm;
    private final Tokens tokens;
    private final Certificates certificates;
    private final FailedLogins failures;

    Doorkeeper(FootbridgeSettings settings, Realm realm, Tokens tokens, Certificates certificates) {
        this.settings = settings;
        this.realm = realm;
        this.tokens = tokens;
        this.certificates = certificates;
        this.failures = new FailedLogins(limits(settings.login()), System::nanoTime);
    }

    private static LoginLimits limits(FootbridgeSettings.Login login) {
        return new LoginLimits(
                Bounds.notNegative("login.failures-per-address", login.failuresPerAddress()),
                Bounds.notNegative("login.failures-per-login", login.failuresPerLogin()),
                login.failureWindow());
    }

    @Override
    public Proven authenticate(Attempt attempt) throws AccessDenied {
        Set<Way> open = open(attempt.listener());
        Optional<Credentials> credentials = attempt.credentials();
        // A TLS client may have a certificate without a thought of the gateway.
        if (Way.of(credentials) == Way.CERTIFICATE && !open.contains(Way.CERTIFICATE)) {
            credentials = Optional.empty();
        }
        Way way = Way.of(credentials);
        if (!open.contains(way) || (way == Way.ANONYMOUS && !settings.anonymous())) {
            throw new AccessDenied(notTaken(way));
        }
        return credentials.isPresent()
                ? check(attempt.address(), credentials.get())
                : new Proven(Identity.ANONYMOUS);
    }

    private Set<Way> open(String listener) {
        return switch (listener) {
            case "websocket" -> settings.login().websocket();
            case "sockjs" -> settings.login().sockjs();
            case "tcp" -> settings.login().tcp();
            case "tls" -> settings.login().tls();
            case Operators.LISTENER -> Set.of(Way.PASSCODE, Way.TOKEN);
            default -> throw new IllegalStateException("no listener " + listener);
        };
    }

    private static String notTaken(Way way) {
        return switch (way) {
            case ANONYMOUS ->
                    "This server wants to know who the client is: bring a login and a passcode, or a token.";
            case PASSCODE -> "No passcodes are taken here.";
            case TOKEN -> "No tokens are taken here.";
            case CERTIFICATE -> "No certificates are taken here.";
        };
    }

    private Proven check(String address, Credentials credentials) throws AccessDenied {
        Optional<String> login =
                credentials instanceof Credentials.Passcode passcode
                        ? Optional.of(passcode.login())
                        : Optional.empty();
        refuseIfBlocked(address, login);
        try {
            Proven proven = ask(credentials);
            // While this one was looked at, others may have failed: guesses side by side shall not
            // learn more than guesses one after the other.
            refuseIfBlocked(address, login);
            return proven;
        } catch (AccessDenied denied) {
            if (denied.kind() == AccessDenied.Kind.REFUSED) {
                failures.failed(address, login);
            }
            throw denied;
        }
    }

    private void refuseIfBlocked(String address, Optional<String> login) throws AccessDenied {
        Duration wait = failures.blocked(address, login);
        if (wait.isPositive()) {
            throw new AccessDenied(
                    AccessDenied.Kind.THROTTLED,
                    "Too many logins have failed; try again in %d s."
                            .formatted(wait.toSeconds() + 1));
        }
    }

    private Proven ask(Credentials credentials) throws AccessDenied {
        return switch (credentials) {
            case Credentials.Passcode passcode -> realm.check(passcode);
            case Credentials.Token(var token) -> tokens.check(token);
            case Credentials.Certificate(var certificate) -> certificates.check(certificate);
        };
    }
}
