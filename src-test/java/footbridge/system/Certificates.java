package footbridge.system;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Key pairs with certificates that they have signed themselves, made with the JDK's `keytool`.
final class Certificates {

    static final String PASSWORD = "changeit";

    private final Path folder;

    Certificates(Path folder) {
        this.folder = folder;
    }

    /// A key store with one key and its certificate, of this name and for this machine.
    Path key(String name) throws IOException, InterruptedException {
        return key(name, Duration.ofDays(30));
    }

    /// As [#key(String)].
    ///
    /// @param life from now on
    Path key(String name, Duration life) throws IOException, InterruptedException {
        // Certificates last for days: this one began long ago.
        Duration past = Duration.ofDays(30).minus(life);
        Path store = folder.resolve(name + ".p12");
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keystore",
                store.toString(),
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-startdate",
                "-%dS".formatted(past.toSeconds()),
                "-validity",
                "30");
        return store;
    }

    /// A trust store with the certificates of these names.
    Path trust(String... names) throws IOException, InterruptedException {
        Path trust = folder.resolve("trust-" + String.join("-", names) + ".p12");
        for (String name : names) {
            Path certificate = folder.resolve(name + ".crt");
            keytool(
                    "-exportcert",
                    "-alias",
                    name,
                    "-keystore",
                    folder.resolve(name + ".p12").toString(),
                    "-file",
                    certificate.toString());
            keytool(
                    "-importcert",
                    "-noprompt",
                    "-alias",
                    name,
                    "-keystore",
                    trust.toString(),
                    "-file",
                    certificate.toString());
        }
        return trust;
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Path log = Files.createTempFile(folder, "keytool", ".log");
        int exit =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start()
                        .waitFor();
        if (exit != 0) {
            throw new IllegalStateException(Files.readString(log));
        }
    }

    /// What a client brings that trusts `trust` and has the keys of `keys`.
    static SSLContext client(Path trust, Path... keys)
            throws GeneralSecurityException, IOException {
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(load(trust));
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys.length == 0 ? null : load(keys[0]), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] managers = own.getKeyManagers();
        if (keys.length > 0) {
            managers[0] = new Insistent((X509ExtendedKeyManager) managers[0]);
        }
        context.init(managers, trusted.getTrustManagers(), null);
        return context;
    }

    /// Shows its certificate to servers that have not said they would take it.
    private static final class Insistent extends X509ExtendedKeyManager {

        private static final String ANY_KEY = "EC";

        private final X509ExtendedKeyManager keys;

        Insistent(X509ExtendedKeyManager keys) {
            this.keys = keys;
        }

        @Override
        public String chooseClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return keys.getClientAliases(ANY_KEY, null)[0];
        }

        @Override
        public String chooseEngineClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return keys.getClientAliases(ANY_KEY, null)[0];
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return keys.getClientAliases(type, null);
        }

        @Override
        public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
            return keys.getServerAliases(type, issuers);
        }

        @Override
        public String chooseServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return keys.chooseServerAlias(type, issuers, socket);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return keys.getCertificateChain(alias);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey(alias);
        }
    }

    private static KeyStore load(Path file) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }
}
