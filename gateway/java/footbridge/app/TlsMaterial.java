package footbridge.app;

import io.quarkus.tls.TlsConfiguration;
import io.vertx.core.buffer.Buffer;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What TLS is done with at one moment, to tell a renewed certificate from one that was only read
/// again.
record TlsMaterial(Set<Certificate> certificates, List<Buffer> revoked) {

    static TlsMaterial of(TlsConfiguration tls) {
        Set<Certificate> certificates = new HashSet<>();
        addAll(certificates, tls.getKeyStore());
        addAll(certificates, tls.getTrustStore());
        return new TlsMaterial(certificates, List.copyOf(tls.getSSLOptions().getCrlValues()));
    }

    private static void addAll(Set<Certificate> certificates, @Nullable KeyStore store) {
        if (store == null) {
            return;
        }
        try {
            for (String alias : Collections.list(store.aliases())) {
                Certificate certificate = store.getCertificate(alias);
                if (certificate != null) {
                    certificates.add(certificate);
                }
            }
        } catch (KeyStoreException notLoaded) {
            throw new IllegalStateException(
                    "Quarkus gave a key store that is not loaded", notLoaded);
        }
    }
}
