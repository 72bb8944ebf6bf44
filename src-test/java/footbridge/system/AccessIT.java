package footbridge.system;

import static footbridge.system.Site.PATIENCE;
import static footbridge.system.Site.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.ArtemisBroker;
import footbridge.testbed.FreePort;
import footbridge.testbed.GatewayProcess;
import footbridge.testbed.KeyStores;
import footbridge.testbed.SockJs;
import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import footbridge.testbed.TokenIssuer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Who may do what, and with which token for how long, at a gateway that asks a real realm and an
/// OpenID server.
@Timeout(180)
class AccessIT {

    private static final String RULES =
            """
            defaults: { create: auto }
            rules:
              - { destination: /queue/any, to: { jms: artemis, queue: any }, allow: [anonymous] }
              - { destination: /queue/members, to: { jms: artemis, queue: members } }
              - { destination: /queue/traders, to: { jms: artemis, queue: traders }, allow: [trader] }
              - { destination: /queue/clerks, to: { jms: artemis, queue: clerks }, allow: { send: [clerk], subscribe: [trader] } }
              - { destination: /queue/ann, to: { jms: artemis, queue: ann }, allow: ["user:ann"] }
              - { destination: /queue/acme, to: { jms: artemis, queue: acme }, allow: ["claim:tenant=acme"] }
              - { destination: /queue/mixed, to: { jms: artemis, queue: mixed }, allow: { send: ["user:bob", "claim:tenant=acme"], subscribe: ["role:desk"] } }
              - { destination: /queue/in, to: { jms: artemis, queue: in }, subscribe: none }
              - { destination: /queue/out, to: { jms: artemis, queue: out }, send: none, allow: [anonymous] }
              - { destination: /queue/nobody, to: { jms: artemis, queue: nobody }, allow: ["user:anonymous", "role:anonymous", "claim:tenant=other"] }
              - { destination: "/mine/{box}", to: { jms: artemis, queue: "{$user}.{box}" } }
              - destination: /queue/vouched
                to: { jms: artemis, queue: vouched }
                headers: { send: { set: { JMSXUserID: "{$user}", x-user: "{$claim.none}" } } }
              - { destination: /queue/admins, to: { jms: artemis, queue: admins }, allow: [admin] }
            """;

    /// For each destination what each client may do: S for SEND, U for SUBSCRIBE.
    private static final String MAY =
            """
                              nobody  ann  bob  eve
            /queue/any        SU      SU   SU   SU
            /queue/members    --      SU   SU   SU
            /queue/traders    --      SU   --   SU
            /queue/clerks     --      -U   S-   -U
            /queue/ann        --      SU   --   --
            /queue/acme       --      --   --   SU
            /queue/mixed      --      -U   S-   S-
            /queue/in         --      S-   S-   S-
            /queue/out        -U      -U   -U   -U
            /queue/nobody     --      --   --   --
            /mine/box         --      SU   SU   SU
            /queue/admins     --      --   --   --
            /queue/no-rule    --      --   --   --
            """;

    private static final Duration LONG = Duration.ofHours(1);

    private static final int HTTPS = FreePort.find();
    private static final int TLS = FreePort.find();

    private static KeyStores keys;
    private static TokenIssuer issuer;
    private static ArtemisBroker broker;
    private static GatewayProcess gateway;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Path rules = Files.createDirectory(folder.resolve("rules"));
        Files.writeString(rules.resolve("rules.yaml"), RULES);
        keys =
                new KeyStores(folder)
                        .key("gateway", "CN=localhost")
                        .key("cert", "CN=cert, OU=trader, O=shop")
                        .key("plain", "CN=plain")
                        .trust("gateway", "cert")
                        .trust("cert", "gateway")
                        .trust("plain", "gateway");
        issuer = TokenIssuer.start();
        broker = ArtemisBroker.in(folder.resolve("broker")).start();
        gateway =
                GatewayProcess.withMappings(rules)
                        .setting("footbridge.jms.artemis.url", broker.url())
                        .setting("footbridge.anonymous", "true")
                        .setting("footbridge.audit", "true")
                        .setting("footbridge.login.token-in-sub-protocol", "true")
                        .setting("footbridge.login.token-in-query", "true")
                        .setting("quarkus.oidc.auth-server-url", issuer.url())
                        .setting("quarkus.oidc.client-id", "gateway")
                        .setting("quarkus.oidc.credentials.secret", "secret of the gateway")
                        .setting("quarkus.oidc.token.lifespan-grace", "1")
                        .settings(Passcodes.of("ann", "secret of ann", "trader,desk"))
                        .settings(Passcodes.of("bob", "secret of bob", "clerk"))
                        .settings(tls(keys))
                        .setting("footbridge.login.client-certificates", "request")
                        .setting("footbridge.login.certificate-roles", "OU")
                        .start();
    }

    private static Map<String, String> tls(KeyStores keys) {
        return Map.of(
                "quarkus.http.ssl-port", Integer.toString(HTTPS),
                "footbridge.tls.configuration", "clients",
                "footbridge.tls.port", Integer.toString(TLS),
                "quarkus.tls.clients.key-store.p12.path", keys.store("gateway").toString(),
                "quarkus.tls.clients.key-store.p12.password", KeyStores.PASSWORD,
                "quarkus.tls.clients.trust-store.p12.path", keys.trusted("gateway").toString(),
                "quarkus.tls.clients.trust-store.p12.password", KeyStores.PASSWORD);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        broker.close();
        issuer.close();
    }

    static Stream<Arguments> transportsAndClients() {
        return Stream.of("websocket", "sockjs", "tcp", "tls")
                .flatMap(transport ->
                        Stream.of("nobody", "ann", "bob", "eve")
                                .map(client -> Arguments.of(transport, client)));
    }

    @ParameterizedTest
    @MethodSource("transportsAndClients")
    void everyClientMayDoWhatTheRulesSayAndNothingElse(String transport, String client)
            throws Exception {
        List<String> table = MAY.lines().toList();
        int column = List.of(table.getFirst().strip().split(" +", -1)).indexOf(client) + 1;
        List<String> expected = new ArrayList<>();
        List<String> found = new ArrayList<>();
        try (var visitor = new Visitor(transport, client)) {
            for (String line : table.subList(1, table.size())) {
                String[] row = line.split(" +", -1);
                expected.add(row[0] + " " + row[column]);
                found.add(
                        row[0]
                                + " "
                                + (visitor.may("SEND", row[0]) ? "S" : "-")
                                + (visitor.may("SUBSCRIBE", row[0]) ? "U" : "-"));
            }
        }

        assertThat(found).isEqualTo(expected);
    }

    /// A client that tries things, and connects again after each ERROR.
    private static final class Visitor implements AutoCloseable {

        private final String transport;
        private final String client;
        private StompClient connection;

        Visitor(String transport, String client) throws Exception {
            this.transport = transport;
            this.client = client;
            this.connection = connect();
        }

        private StompClient connect() throws Exception {
            StompClient opened =
                    switch (transport) {
                        case "tcp" -> StompClient.tcp("localhost", gateway.tcpPort());
                        case "tls" ->
                                StompClient.over(
                                        keys.context("plain")
                                                .getSocketFactory()
                                                .createSocket("localhost", TLS));
                        case "sockjs" -> StompClient.sockJs(gateway.sockJs(), SockJs.XHR_STREAMING);
                        default -> StompClient.webSocket(gateway.webSocket(), "v12.stomp");
                    };
            String who =
                    switch (client) {
                        case "ann", "bob" ->
                                "login:%s\npasscode:secret of %s\n".formatted(client, client);
                        case "eve" -> "passcode:" + eve(LONG) + "\n";
                        default -> "";
                    };
            opened.send("CONNECT\naccept-version:1.2\nhost:localhost\n" + who + "\n\0");
            opened.expect("CONNECTED", PATIENCE);
            return opened;
        }

        /// @throws AssertionError if the answer is neither a RECEIPT nor the right ERROR
        boolean may(String command, String destination) throws Exception {
            String receipt = UUID.randomUUID().toString();
            connection.send(
                    command,
                    headers("id", receipt, "destination", destination, "receipt", receipt),
                    "");
            StompFrame answer = nextButMessages();
            if (answer.command().equals("RECEIPT")) {
                assertThat(answer.header("receipt-id")).contains(receipt);
                return true;
            }
            assertThat(answer.header("code"))
                    .contains(
                            destination.endsWith("no-rule")
                                    ? "no-such-destination"
                                    : "access-denied");
            connection.close();
            connection = connect();
            return false;
        }

        private StompFrame nextButMessages() throws InterruptedException {
            while (true) {
                StompFrame frame = connection.next(PATIENCE).orElseThrow();
                if (!frame.command().equals("MESSAGE")) {
                    return frame;
                }
            }
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    @Test
    void aTokenMayComeWithTheRequest() throws Exception {
        String token = eve(LONG);
        URI address = gateway.webSocket();

        assertKnown(StompClient.webSocket(address, Map.of("Authorization", "Bearer " + token)));
        assertKnown(StompClient.webSocket(address, "v12.stomp", "bearer." + token));
        assertKnown(StompClient.webSocket(URI.create(address + "?access_token=" + token)));
    }

    private static void assertKnown(StompClient client) throws Exception {
        try (client) {
            client.send("CONNECT", headers("accept-version", "1.2", "host", "localhost"), "");
            StompFrame connected = client.expect("CONNECTED", PATIENCE);

            assertThat(connected.header("user-name")).contains("eve");
            assertThat(client.subProtocol()).isIn("", "v12.stomp");
        }
    }

    @Test
    void aTokenMayComeInAHeaderOfConnect() throws Exception {
        try (StompClient client = StompClient.tcp("localhost", gateway.tcpPort())) {
            client.send(
                    "CONNECT",
                    headers("accept-version", "1.2", "Authorization", "Bearer " + eve(LONG)),
                    "");

            assertThat(client.expect("CONNECTED", PATIENCE).header("user-name")).contains("eve");
        }
    }

    @Test
    void tokensThatAreNotOfTheIssuerOrNotOfTodayAreRefused() throws Exception {
        String token = eve(LONG);
        String forged = token.substring(0, token.length() - 8) + "AAAAAAAA";
        try (TokenIssuer other = TokenIssuer.start()) {
            String foreign = other.token("eve", List.of("trader"), LONG, Map.of());
            for (String bad : List.of("no token", forged, foreign, eve(Duration.ofHours(-1)))) {
                try (StompClient client = StompClient.tcp("localhost", gateway.tcpPort())) {
                    client.send("CONNECT", headers("accept-version", "1.2", "passcode", bad), "");

                    assertThat(client.expect("ERROR", PATIENCE).header("code"))
                            .contains("login-refused");
                }
            }
        }
        assertThatThrownBy(() ->
                        StompClient.webSocket(
                                gateway.webSocket(), Map.of("Authorization", "Bearer " + forged)))
                .isInstanceOf(IOException.class);
        await().atMost(PATIENCE)
                .until(() -> gateway.log().contains("by=token code=login-refused path=/stomp"));
        assertThat(gateway.log())
                .contains("connection=- event=connect verdict=refused user=\"\" listener=http")
                .doesNotContain(forged);
    }

    @Test
    void aSilentClientIsToldWhenItsTokenExpiresAndOneThatRenewedItIsNot() throws Exception {
        Duration life = Duration.ofSeconds(8);
        String token = eve(life);
        Instant end = Instant.now().plus(life);
        try (StompClient silent = connected(token);
                StompClient renewed = connected(token)) {
            renewed.send(
                    "SEND",
                    headers(
                            "destination",
                            "/queue/traders",
                            "authorization",
                            "Bearer " + eve(LONG),
                            "receipt",
                            "1"),
                    "");
            renewed.expect("RECEIPT", PATIENCE);

            StompFrame error = silent.expect("ERROR", PATIENCE);
            assertThat(error.header("code")).contains("token-expired");
            // Its last second began less than a second before that, and one is granted on top.
            assertThat(Instant.now()).isAfter(end);
            assertThat(silent.awaitEnd(PATIENCE).orElseThrow().code()).hasValue(1008);

            assertThat(Site.send(renewed, "/queue/traders", "later").command())
                    .isEqualTo("RECEIPT");
        }
    }

    @Test
    void anOpaqueTokenIsAskedAboutAndExpiresToo() throws Exception {
        String token = issuer.opaqueToken("olga", Duration.ofSeconds(8), "trader");
        try (StompClient client = connected(token)) {
            assertThat(Site.send(client, "/queue/traders", "m").command()).isEqualTo("RECEIPT");

            assertThat(client.expect("ERROR", PATIENCE).header("code")).contains("token-expired");
        }
        try (StompClient client = StompClient.tcp("localhost", gateway.tcpPort())) {
            client.send("CONNECT", headers("accept-version", "1.2", "passcode", "opaque-no"), "");
            assertThat(client.expect("ERROR", PATIENCE).header("code")).contains("login-refused");
        }
    }

    @Test
    void aRenewedClientLosesWhatItMayNotHaveAnyMore() throws Exception {
        try (StompClient client = connected(eve(LONG))) {
            Site.subscribe(client, "1", "/queue/acme");
            String token = issuer.token("eve", List.of("trader"), LONG, Map.of("tenant", "other"));
            client.send(
                    "BEGIN", headers("transaction", "t", "authorization", "Bearer " + token), "");

            StompFrame error = client.expect("ERROR", PATIENCE);
            assertThat(error.header("code")).contains("access-denied");
            assertThat(error.text()).contains("/queue/acme");
        }
    }

    @Test
    void theTokenStaysAtTheGateway() throws Exception {
        String token = eve(LONG);
        try (StompClient client = connected(token)) {
            Site.subscribe(client, "1", "/mine/tokens");
            client.send(
                    "SEND",
                    headers(
                            "destination",
                            "/mine/tokens",
                            "authorization",
                            "Bearer " + token,
                            "Authorization",
                            "Bearer " + token),
                    "body");

            assertThat(client.expect("MESSAGE", PATIENCE).toString()).doesNotContain("earer");
        }
        assertThat(gateway.log()).doesNotContain(token.substring(token.length() - 20));
    }

    @Test
    void aCertificateSaysWhoItsClientIs() throws Exception {
        SSLContext tls = keys.context("cert");
        URI address = URI.create("wss://localhost:" + HTTPS + "/stomp");

        assertCertified(StompClient.webSocket(address, tls));
        assertCertified(StompClient.over(tls.getSocketFactory().createSocket("localhost", TLS)));
    }

    private static void assertCertified(StompClient client) throws Exception {
        try (client) {
            client.send("CONNECT", headers("accept-version", "1.2", "host", "localhost"), "");
            assertThat(client.expect("CONNECTED", PATIENCE).header("user-name")).contains("cert");

            assertThat(Site.send(client, "/queue/traders", "m").command()).isEqualTo("RECEIPT");
            assertThat(Site.send(client, "/queue/clerks", "m").header("code"))
                    .contains("access-denied");
        }
    }

    @Test
    void nobodyForgesTheUserThatTheGatewayVouchesFor() throws Exception {
        try (StompClient client = connected(eve(LONG));
                var factory = new ActiveMQConnectionFactory(broker.url());
                JMSContext jms = factory.createContext()) {
            client.send(
                    "SEND",
                    headers(
                            "destination",
                            "/queue/vouched",
                            "JMSXUserID",
                            "ann",
                            "x-user",
                            "ann",
                            "receipt",
                            "r"),
                    "m");
            client.expect("RECEIPT", PATIENCE);
            Message message =
                    jms.createConsumer(jms.createQueue("vouched")).receive(PATIENCE.toMillis());

            assertThat(message.getStringProperty("JMSXUserID")).isEqualTo("eve");
            assertThat(message.getStringProperty("x_user")).isNull();
            assertThat(message.toString()).doesNotContain("ann");
        }
    }

    private static String eve(Duration life) {
        return issuer.token("eve", List.of("trader"), life, Map.of("tenant", "acme"));
    }

    private static StompClient connected(String token) throws Exception {
        StompClient client = StompClient.webSocket(gateway.webSocket(), "v12.stomp");
        client.send("CONNECT", headers("accept-version", "1.2", "passcode", token), "");
        client.expect("CONNECTED", PATIENCE);
        return client;
    }
}
