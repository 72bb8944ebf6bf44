package footbridge.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Keys and certificates for TLS on both sides, made by the JDK's own `keytool` in a folder.
///
/// @param folder where they lie as `NAME.p12`, and what a side trusts as `NAME-trusts.p12`
public record KeyStores(Path folder) {

    /// Of all stores.
    public static final String PASSWORD = "changeit";

    /// Makes a key with a certificate of its own.
    ///
    /// @param subject such as `CN=ann, OU=trader`
    public KeyStores key(String name, String subject) throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                subject,
                "-ext",
                "san=dns:localhost",
                "-keystore",
                store(name).toString());
        return this;
    }

    /// Lets one side trust the certificate of another.
    public KeyStores trust(String side, String other) throws Exception {
        Path certificate = folder.resolve(other + ".cer");
        keytool(
                "-exportcert",
                "-alias",
                other,
                "-keystore",
                store(other).toString(),
                "-file",
                certificate.toString());
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                other,
                "-file",
                certificate.toString(),
                "-keystore",
                trusted(side).toString());
        return this;
    }

    public Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    public Path trusted(String side) {
        return folder.resolve(side + "-trusts.p12");
    }

    /// What a client needs that has a key of this name.
    public SSLContext context(String name) throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(load(store(name)), PASSWORD.toCharArray());
        TrustManagerFactory trusts = TrustManagerFactory.getInstance("PKIX");
        trusts.init(load(trusted(name)));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusts.getTrustManagers(), null);
        return context;
    }

    private static KeyStore load(Path store) throws GeneralSecurityException, IOException {
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            loaded.load(in, PASSWORD.toCharArray());
        }
        return loaded;
    }

    private static void keytool(String... words) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(words));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("keytool failed: " + words[0]);
        }
    }
}
