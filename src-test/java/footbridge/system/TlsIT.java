package footbridge.system;

import static footbridge.system.Site.PATIENCE;
import static footbridge.system.Site.headers;
import static footbridge.system.Site.subscribe;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.FreePort;
import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// TLS: on the HTTPS port and on STOMP's own, with certificates that change while clients are
/// there.
@Timeout(120)
class TlsIT {

    private static final int HTTPS = FreePort.find();
    private static final int STOMPS = FreePort.find();

    private static Site site;
    private static Path served;
    private static Path renewed;
    private static Path clients;
    private static Certificates certificates;
    private static Path stranger;
    private static SSLContext anonymous;
    private static SSLContext known;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        certificates = new Certificates(Files.createDirectory(data.resolve("tls")));
        Path server = certificates.key("server");
        renewed = certificates.key("renewed");
        Path ann = certificates.key("ann");
        stranger = certificates.key("stranger");
        Path servers = certificates.trust("server", "renewed");
        served = data.resolve("served.p12");
        Files.copy(server, served);
        anonymous = Certificates.client(servers);
        known = Certificates.client(servers, ann);
        clients = certificates.trust("ann");
        site = Site.start(data, settings(clients));
    }

    private static Map<String, String> settings(Path clients) {
        return Map.of(
                "footbridge.tls.configuration",
                "clients",
                "footbridge.tls.port",
                Integer.toString(STOMPS),
                "footbridge.login.client-certificates",
                "request",
                "quarkus.http.ssl-port",
                Integer.toString(HTTPS),
                "quarkus.tls.clients.key-store.p12.path",
                served.toString(),
                "quarkus.tls.clients.key-store.p12.password",
                Certificates.PASSWORD,
                "quarkus.tls.clients.trust-store.p12.path",
                clients.toString(),
                "quarkus.tls.clients.trust-store.p12.password",
                Certificates.PASSWORD,
                "quarkus.tls.clients.reload-period",
                "1s");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static SSLSocket socket(SSLContext client) throws IOException {
        var socket = (SSLSocket) client.getSocketFactory().createSocket("localhost", STOMPS);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static void crosses(StompClient client, String queue) throws Exception {
        crosses(client, queue, Optional.empty());
    }

    /// @param user whom the gateway takes the client for
    private static void crosses(StompClient client, String queue, Optional<String> user)
            throws Exception {
        client.send("CONNECT", headers("accept-version", "1.2", "host", "h"), "");
        assertThat(client.expect("CONNECTED", PATIENCE).header("user-name")).isEqualTo(user);
        subscribe(client, "s", queue);
        client.send("SEND", headers("destination", queue), "over TLS");
        assertThat(client.expect("MESSAGE", PATIENCE).text()).isEqualTo("over TLS");
        client.send("DISCONNECT", headers("receipt", "bye"), "");
        client.expect("RECEIPT", PATIENCE);
        // A stream that ended without TLS' own farewell would be an error here.
        assertThat(client.awaitEnd(PATIENCE))
                .hasValueSatisfying(
                        end -> assertThat(end.reason()).isIn("", "disconnect", "end of stream"));
    }

    @Test
    void aMessageCrossesOverTcpWithTls() throws Exception {
        try (StompClient client = StompClient.over(socket(anonymous))) {
            crosses(client, "/queue/tls-tcp");
        }
    }

    @Test
    void aMessageCrossesOverWss() throws Exception {
        URI wss = URI.create("wss://localhost:" + HTTPS + "/stomp");
        try (StompClient client = StompClient.webSocket(wss, anonymous)) {
            crosses(client, "/queue/tls-wss");
        }
    }

    @Test
    void clientsMayShowACertificate() throws Exception {
        try (StompClient client = StompClient.over(socket(known))) {
            crosses(client, "/queue/tls-client", Optional.of("ann"));
        }
        URI wss = URI.create("wss://localhost:" + HTTPS + "/stomp");
        try (StompClient client = StompClient.webSocket(wss, known)) {
            crosses(client, "/queue/tls-client", Optional.of("ann"));
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
        SSLContext client =
                Certificates.client(stranger.resolveSibling("trust-server-renewed.p12"), stranger);
        try (SSLSocket socket = socket(client)) {
            assertThatThrownBy(
                            () -> {
                                socket.startHandshake();
                                socket.getInputStream().read();
                            })
                    .isInstanceOf(IOException.class);
        }
    }

    /// The client's key is made now and trusted when the gateway has seen the new trust store.
    @Test
    void aSilentClientEndsWithItsCertificate() throws Exception {
        Path brief = certificates.key("brief", Duration.ofSeconds(12));
        SSLContext context =
                Certificates.client(stranger.resolveSibling("trust-server-renewed.p12"), brief);
        Files.move(
                certificates.trust("ann", "brief"),
                clients,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        await().atMost(PATIENCE).until(() -> isKnown(context, "brief"));

        try (StompClient client = StompClient.over(socket(context))) {
            client.send("CONNECT", headers("accept-version", "1.2", "host", "h"), "");
            client.expect("CONNECTED", PATIENCE);

            StompFrame error = client.expect("ERROR", PATIENCE);
            assertThat(error.header("code")).contains("certificate-expired");
            assertThat(Instant.now()).isAfter(end(brief));
        }
    }

    private static boolean isKnown(SSLContext context, String user) throws Exception {
        try (StompClient client = StompClient.over(socket(context))) {
            client.send("CONNECT", headers("accept-version", "1.2", "host", "h"), "");
            // A refusal comes behind the handshake of TLS 1.3, in place of an answer.
            return client.next(PATIENCE)
                    .flatMap(frame -> frame.header("user-name"))
                    .equals(Optional.of(user));
        } catch (IOException refused) {
            return false;
        }
    }

    private static Instant end(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance(store.toFile(), Certificates.PASSWORD.toCharArray());
        return ((X509Certificate) keys.getCertificate("brief")).getNotAfter().toInstant();
    }

    @Test
    void plainTextOnTheTlsPortHarmsNobody() throws Exception {
        try (Socket plain = new Socket("localhost", STOMPS)) {
            plain.setSoTimeout((int) PATIENCE.toMillis());
            plain.getOutputStream().write("CONNECT\n\n\0".getBytes(US_ASCII));
            await().atMost(PATIENCE).until(() -> plain.getInputStream().read() < 0);
        }
        assertThat(site.gateway().log()).doesNotContain("NotSslRecordException");
    }

    @Test
    void aRenewedCertificateHoldsForNewClientsOnBothPorts() throws Exception {
        try (StompClient before = StompClient.over(socket(anonymous))) {
            Path next = served.resolveSibling("next.p12");
            Files.copy(renewed, next);
            Files.move(
                    next,
                    served,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);

            await().atMost(PATIENCE).until(() -> shown(STOMPS).equals(Optional.of("CN=renewed")));
            await().atMost(PATIENCE).until(() -> shown(HTTPS).equals(Optional.of("CN=renewed")));
            crosses(before, "/queue/tls-renewed");
        }
    }

    /// Whom the gateway says it is; nobody when it is just changing that.
    private static Optional<String> shown(int port) {
        try (var socket =
                (SSLSocket) anonymous.getSocketFactory().createSocket("localhost", port)) {
            socket.startHandshake();
            var first = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return Optional.of(first.getSubjectX500Principal().getName());
        } catch (IOException dropped) {
            return Optional.empty();
        }
    }
}
