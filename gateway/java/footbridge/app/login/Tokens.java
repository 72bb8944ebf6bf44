package footbridge.app.login;

import footbridge.access.AccessDenied;
import footbridge.access.Identity;
import footbridge.access.Proven;
import footbridge.app.settings.FootbridgeSettings;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.oidc.TokenIntrospection;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/// Checks bearer tokens with Quarkus OIDC, if that is configured.
@ApplicationScoped
public class Tokens {

    /// Where Quarkus leaves what the authorization server says of a token that is no JWT.
    private static final String INTROSPECTION = "introspection";

    private final TenantIdentityProvider provider;
    private final Duration timeout;
    private final boolean configured;
    private final Duration grace;

    /// @param grace how long an expired token is still good, seconds; for clocks that differ
    Tokens(
            TenantIdentityProvider provider,
            FootbridgeSettings settings,
            @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> server,
            @ConfigProperty(name = "quarkus.oidc.public-key") Optional<String> key,
            @ConfigProperty(name = "quarkus.oidc.token.lifespan-grace") Optional<Integer> grace) {
        this.provider = provider;
        this.timeout = settings.login().timeout();
        this.configured = server.isPresent() || key.isPresent();
        this.grace = Duration.ofSeconds(grace.orElse(0));
    }

    Proven check(String token) throws AccessDenied {
        if (!configured) {
            throw new AccessDenied("No tokens are taken here.");
        }
        SecurityIdentity known =
                Verdict.of(
                        provider.authenticate(new AccessTokenCredential(token)),
                        timeout,
                        "The token is not valid: it is malformed, expired or not for this server.");
        return new Proven(
                new Identity(
                        known.getPrincipal().getName(), known.getRoles(), false, claims(known)),
                expiry(known).map(at -> at.plus(grace)));
    }

    private static Optional<Instant> expiry(SecurityIdentity known) {
        if (known.getPrincipal() instanceof JsonWebToken jwt) {
            return Optional.of(Instant.ofEpochSecond(jwt.getExpirationTime()));
        }
        TokenIntrospection introspection = known.getAttribute(INTROSPECTION);
        return Optional.ofNullable(introspection)
                .map(answer -> answer.getLong("exp"))
                .map(Instant::ofEpochSecond);
    }

    /// Claims with one value each.
    private static Map<String, String> claims(SecurityIdentity known) {
        Map<String, String> claims = new HashMap<>();
        if (known.getPrincipal() instanceof JsonWebToken jwt) {
            for (String name : jwt.getClaimNames()) {
                Object value = jwt.getClaim(name);
                if (value instanceof String text) {
                    claims.put(name, text);
                }
            }
        }
        // The token itself, which the principal shows among its claims.
        claims.remove("raw_token");
        return claims;
    }
}
