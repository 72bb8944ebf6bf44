package footbridge.system;

import static footbridge.system.Site.PATIENCE;
import static footbridge.system.Site.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.ArtemisBroker;
import footbridge.testbed.FreePort;
import footbridge.testbed.GatewayProcess;
import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// How clients are kept out, and what they and the operator are told of it.
@Timeout(120)
class LoginIT {

    private static final String RULES =
            """
            rules:
              - { destination: /queue/orders, to: { jms: artemis, queue: secret-place } }
              - { destination: /queue/vault, to: { jms: artemis, queue: vault }, allow: [admin] }
              - { destination: /queue/out, to: { jms: artemis, queue: secret-place }, send: none }
              - { destination: /queue/missing, to: { jms: artemis, queue: secret-missing } }
            """;

    private static ArtemisBroker broker;
    private static GatewayProcess gateway;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Path rules = Files.createDirectory(folder.resolve("rules"));
        Files.writeString(rules.resolve("rules.yaml"), RULES);
        broker = ArtemisBroker.in(folder.resolve("broker")).queues("secret-place").start();
        gateway =
                GatewayProcess.withMappings(rules)
                        .setting("footbridge.jms.artemis.url", broker.url())
                        .setting("footbridge.audit", "true")
                        .setting(
                                "quarkus.oidc.auth-server-url",
                                "http://localhost:" + FreePort.find())
                        .setting("footbridge.login.tcp", "passcode")
                        .setting("footbridge.login.websocket", "token")
                        .setting("footbridge.login.failures-per-address", "6")
                        .setting("footbridge.login.failures-per-login", "3")
                        .setting("footbridge.login.failure-window", "8s")
                        .settings(Passcodes.of("ann", "right", "trader"))
                        .settings(Passcodes.of("bob", "right", "trader"))
                        .settings(Passcodes.of("cem", "right", "trader"))
                        .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        broker.close();
    }

    @Test
    void aHashedPasscodeLetsItsUserInAndTheHashDoesNot() throws Exception {
        assertThat(login("127.0.0.1", "ann", "right")).isEqualTo("CONNECTED");
        String hash =
                Passcodes.of("ann", "right", "").get("quarkus.security.users.embedded.users.ann");
        assertThat(login("127.0.0.1", "ann", hash)).isEqualTo("login-refused");
    }

    @Test
    void aListenerTakesOnlyWhatItsSettingNames() throws Exception {
        try (StompClient client = StompClient.webSocket(gateway.webSocket())) {
            client.send("CONNECT", headers("accept-version", "1.2", "login", "ann"), "");
            assertThat(client.expect("ERROR", PATIENCE).text()).contains("No passcodes");
        }
        try (StompClient client = StompClient.tcp("localhost", gateway.tcpPort())) {
            client.send("CONNECT", headers("accept-version", "1.2", "passcode", "token"), "");
            assertThat(client.expect("ERROR", PATIENCE).text()).contains("No tokens");
        }
        try (StompClient client = StompClient.tcp("localhost", gateway.tcpPort())) {
            client.send("CONNECT", headers("accept-version", "1.2"), "");
            assertThat(client.expect("ERROR", PATIENCE).header("code")).contains("login-refused");
        }
    }

    @Test
    void aTokenThatNobodyCanCheckNowIsNotCalledWrong() throws Exception {
        try (StompClient client = StompClient.webSocket(gateway.webSocket())) {
            client.send("CONNECT", headers("accept-version", "1.2", "passcode", "a.b.c"), "");
            assertThat(client.expect("ERROR", PATIENCE).header("code"))
                    .contains("login-unavailable");
        }
    }

    /// Elsewhere a client cannot choose its address.
    @Test
    @EnabledOnOs(OS.LINUX)
    void whoGuessesPasscodesOfAUserWaitsAndNobodyElseDoes() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(login("127.0.0.2", "bob", "wrong" + i)).isEqualTo("login-refused");
        }

        assertThat(login("127.0.0.2", "bob", "right")).isEqualTo("login-throttled");
        assertThat(login("127.0.0.3", "bob", "right")).isEqualTo("login-throttled");
        assertThat(login("127.0.0.2", "ann", "right")).isEqualTo("CONNECTED");
        await().atMost(PATIENCE)
                .until(() -> login("127.0.0.3", "bob", "right").equals("CONNECTED"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whoTriesOneUserAfterTheOtherWaitsAndNobodyElseDoes() throws Exception {
        for (int i = 0; i < 6; i++) {
            assertThat(login("127.0.0.4", "user" + i, "wrong")).isEqualTo("login-refused");
        }

        assertThat(login("127.0.0.4", "cem", "right")).isEqualTo("login-throttled");
        assertThat(login("127.0.0.5", "cem", "right")).isEqualTo("CONNECTED");
    }

    @Test
    void theAuditLogSaysWhoAndWhatAndNoSecrets() throws Exception {
        try (StompClient client = connected()) {
            Site.send(client, "/queue/orders", "the body");
            Site.send(client, "/queue/orders", "the body");
            Site.send(client, "/queue/vault\\nverdict=granted", "the body");
        }
        login("127.0.0.1", "ann\\nverdict=granted", "the wrong passcode");

        String refused =
                "event=connect verdict=refused user=\"ann\\\\nverdict=granted\" listener=tcp";
        await().atMost(PATIENCE).until(() -> gateway.log().contains(refused));
        String log = gateway.log();
        assertThat(log)
                .contains("event=connect verdict=granted user=ann listener=tcp address=127.0.0.1")
                .contains(
                        "event=send verdict=granted user=ann destination=/queue/orders rule=rules.yaml:2 reason=allowed")
                .contains(
                        "event=send verdict=refused user=ann destination=\"/queue/vault\\nverdict=granted\" reason=no-rule")
                .doesNotContain("the body")
                .doesNotContain("the wrong passcode");
    }

    @Test
    void refusalsTellNothingAboutInside() throws Exception {
        var told = new StringBuilder();
        for (String frame :
                List.of(
                        "SEND\ndestination:/queue/vault\n\n\0",
                        "SEND\ndestination:/queue/out\n\n\0",
                        "SEND\ndestination:/queue/none\n\n\0",
                        "SEND\ndestination:/queue/missing\n\n\0",
                        "SUBSCRIBE\nid:1\ndestination:/queue/vault\n\n\0",
                        "SUBSCRIBE\nid:1\ndestination:/queue/missing\n\n\0",
                        "ACK\nid:1\n\n\0",
                        "COMMIT\ntransaction:t\n\n\0",
                        "UNSUBSCRIBE\nid:1\n\n\0",
                        "SEND\n\n\0",
                        "NONSENSE\n\n\0",
                        "SEND\ndestination:/queue/orders\nauthorization:Bearer x\n\n\0")) {
            try (StompClient client = connected()) {
                client.send(frame);
                told.append(client.expect("ERROR", PATIENCE)).append('\n');
            }
        }
        for (String connect :
                List.of(
                        "CONNECT\naccept-version:1.2\n\n\0",
                        "CONNECT\naccept-version:1.2\nlogin:x\npasscode:y\n\n\0",
                        "CONNECT\naccept-version:1.2\npasscode:a.b.c\n\n\0",
                        "CONNECT\naccept-version:1.2\nauthorization:Basic eDp5\n\n\0",
                        "CONNECT\naccept-version:9\n\n\0")) {
            try (StompClient client = StompClient.tcp("localhost", gateway.tcpPort())) {
                client.send(connect);
                told.append(client.expect("ERROR", PATIENCE)).append('\n');
            }
        }

        assertThat(told.toString().lines().filter(line -> line.startsWith("ERROR"))).hasSize(17);
        assertThat(told.toString())
                .doesNotContainIgnoringCase("secret")
                .doesNotContainIgnoringCase("artemis")
                .doesNotContainIgnoringCase("kafka")
                .doesNotContainIgnoringCase("exception")
                .doesNotContain("AMQ")
                .doesNotContain("localhost")
                .doesNotContain("127.0.0.1")
                .doesNotContain(Integer.toString(broker.port()))
                .doesNotContain(".yaml")
                .doesNotContain("java.")
                .doesNotContain("footbridge.");
    }

    private static StompClient connected() throws Exception {
        StompClient client = StompClient.tcp("127.0.0.1", gateway.tcpPort());
        client.send(
                "CONNECT",
                headers("accept-version", "1.2", "login", "ann", "passcode", "right"),
                "");
        client.expect("CONNECTED", PATIENCE);
        return client;
    }

    /// @return CONNECTED, or the code of the ERROR
    private static String login(String from, String user, String passcode) throws Exception {
        var socket = new Socket("127.0.0.1", gateway.tcpPort(), InetAddress.ofLiteral(from), 0);
        try (StompClient client = StompClient.over(socket)) {
            client.send(
                    "CONNECT",
                    Map.of("accept-version", "1.2", "login", user, "passcode", passcode),
                    "");
            StompFrame answer = client.next(PATIENCE).orElseThrow();
            return answer.header("code").orElse(answer.command());
        }
    }
}
