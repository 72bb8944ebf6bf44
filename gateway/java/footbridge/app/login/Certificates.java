package footbridge.app.login;

import footbridge.access.AccessDenied;
import footbridge.access.Identity;
import footbridge.access.Proven;
import footbridge.app.settings.FootbridgeSettings;
import io.quarkus.security.credential.CertificateCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.CertificateAuthenticationRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/// Says whose a certificate is. That it is genuine the TLS handshake has proved already; the name
/// and the roles are parts of its subject, like `CN` and `OU`.
@ApplicationScoped
public class Certificates {

    private final IdentityProviderManager providers;
    private final FootbridgeSettings.Login settings;

    Certificates(IdentityProviderManager providers, FootbridgeSettings settings) {
        this.providers = providers;
        this.settings = settings.login();
    }

    Proven check(X509Certificate certificate) throws AccessDenied {
        SecurityIdentity known =
                Verdict.of(
                        providers.authenticate(
                                new CertificateAuthenticationRequest(
                                        new CertificateCredential(certificate))),
                        settings.timeout(),
                        "The certificate is not taken here.");
        List<String> names = parts(certificate, settings.certificateName());
        if (names.size() != 1) {
            throw new AccessDenied("The subject of the certificate does not name a client.");
        }
        Set<String> roles = new HashSet<>(known.getRoles());
        settings.certificateRoles().ifPresent(type -> roles.addAll(parts(certificate, type)));
        return new Proven(
                new Identity(names.getFirst(), roles, false),
                Optional.of(certificate.getNotAfter().toInstant()));
    }

    private static List<String> parts(X509Certificate certificate, String type) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase(type))
                            .map(part -> part.getValue().toString())
                            .toList();
        } catch (InvalidNameException e) {
            throw new IllegalStateException("a certificate's subject that is no name", e);
        }
    }
}
