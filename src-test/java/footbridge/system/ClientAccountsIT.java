package footbridge.system;

import static footbridge.system.Site.PATIENCE;
import static footbridge.system.Site.headers;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.testbed.ArtemisBroker;
import footbridge.testbed.GatewayProcess;
import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import footbridge.testbed.TokenIssuer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients whom a secured Artemis knows by their own accounts: what each may do there it may do
/// over the gateway, and nothing more.
@Timeout(120)
class ClientAccountsIT {

    private static final String RULES =
            """
            defaults: { allow: [anonymous] }
            rules:
              - { destination: "/queue/{name}", to: { jms: artemis, queue: "Q.{name}" } }
              - { destination: /topic/ticks, to: { jms: artemis, topic: ticks } }
            """;

    private static TokenIssuer issuer;
    private static String token;
    private static ArtemisBroker broker;
    private static GatewayProcess gateway;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Path rules = Files.createDirectory(folder.resolve("rules"));
        Files.writeString(rules.resolve("rules.yaml"), RULES);
        issuer = TokenIssuer.start();
        token = issuer.token("tom", List.of(), Duration.ofHours(1), Map.of());
        broker =
                ArtemisBroker.in(folder.resolve("broker"))
                        .queues("Q.ann", "Q.bob")
                        .topics("ticks")
                        .user("gateway", "gateway's own", "nothing")
                        .user("ann", "secret of ann", "ann")
                        .user("bob", "secret of bob", "bob")
                        .user("tom", token, "ann")
                        .close("#")
                        .allow("Q.ann", "ann", "send", "consume")
                        .allow("Q.bob", "bob", "send", "consume")
                        .allow("ticks", "ann", "send")
                        .allow(
                                "ticks",
                                "bob",
                                "consume",
                                "createNonDurableQueue",
                                "deleteNonDurableQueue")
                        .start();
        gateway =
                GatewayProcess.withMappings(rules)
                        .setting("footbridge.jms.artemis.url", broker.url())
                        .setting("footbridge.jms.artemis.credentials", "client")
                        .setting("footbridge.jms.artemis.user", "gateway")
                        .setting("footbridge.jms.artemis.password", "gateway's own")
                        .setting("footbridge.jms.artemis.connections", "1")
                        .setting("footbridge.anonymous", "true")
                        .setting("footbridge.audit", "true")
                        .setting("quarkus.oidc.auth-server-url", issuer.url())
                        .settings(Passcodes.of("ann", "secret of ann", "user"))
                        .settings(Passcodes.of("bob", "secret of bob", "user"))
                        .settings(Passcodes.of("eve", "secret of eve", "user"))
                        .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        broker.close();
        issuer.close();
    }

    @Test
    void eachMayWhatItsOwnAccountMay() throws Exception {
        assertThat(send("ann", "/queue/ann")).isEqualTo("RECEIPT");
        assertThat(send("bob", "/queue/bob")).isEqualTo("RECEIPT");
        assertThat(send("ann", "/queue/bob")).isEqualTo("backend-forbidden");
        assertThat(send("bob", "/queue/ann")).isEqualTo("backend-forbidden");
        assertThat(subscribe("bob", "/queue/ann")).isEqualTo("backend-forbidden");
        assertThat(subscribe("ann", "/topic/ticks")).isEqualTo("backend-forbidden");
        try (StompClient bob = passcode("bob");
                StompClient ann = passcode("ann")) {
            Site.subscribe(bob, "1", "/topic/ticks");
            // A reader of the topic is there, but it is not ann's.
            assertThat(subscribe("ann", "/topic/ticks")).isEqualTo("backend-forbidden");
            ann.send("SEND", headers("destination", "/topic/ticks"), "tick");
            assertThat(bob.expect("MESSAGE", PATIENCE).text()).isEqualTo("tick");
        }
    }

    @Test
    void aTokenIsThePasswordOfItsUser() throws Exception {
        try (StompClient tom =
                connected(headers("accept-version", "1.2", "passcode", token), "tom")) {
            assertThat(outcome(Site.send(tom, "/queue/ann", "m"))).isEqualTo("RECEIPT");
            assertThat(outcome(Site.send(tom, "/queue/bob", "m"))).isEqualTo("backend-forbidden");
        }
    }

    @Test
    void whomOnlyTheGatewayKnowsIsRefusedAndNobodyElse() throws Exception {
        try (StompClient ann = passcode("ann");
                StompClient nobody = Site.connected(gateway)) {
            Site.subscribe(ann, "1", "/queue/ann");

            assertThat(send("eve", "/queue/ann")).isEqualTo("backend-login-refused");
            assertThat(subscribe("eve", "/topic/ticks")).isEqualTo("backend-login-refused");
            assertThat(outcome(Site.send(nobody, "/queue/ann", "m")))
                    .isEqualTo("backend-login-refused");

            ann.send("SEND", headers("destination", "/queue/ann"), "still there");
            StompFrame next = ann.expect("MESSAGE", PATIENCE);
            while (!next.text().equals("still there")) {
                next = ann.expect("MESSAGE", PATIENCE);
            }
        }
        assertThat(gateway.isReady()).isTrue();
        assertThat(gateway.log())
                .doesNotContain("secret of")
                .doesNotContain("gateway's own")
                .doesNotContain(token.substring(token.length() - 20));
    }

    private static String send(String user, String destination) throws Exception {
        try (StompClient client = passcode(user)) {
            return outcome(Site.send(client, destination, "m"));
        }
    }

    private static String subscribe(String user, String destination) throws Exception {
        try (StompClient client = passcode(user)) {
            client.send(
                    "SUBSCRIBE",
                    headers("id", "1", "destination", destination, "receipt", "r"),
                    "");
            return outcome(client.next(PATIENCE).orElseThrow());
        }
    }

    private static String outcome(StompFrame answer) {
        return answer.header("code").orElse(answer.command());
    }

    private static StompClient passcode(String user) throws Exception {
        return connected(
                headers("accept-version", "1.2", "login", user, "passcode", "secret of " + user),
                user);
    }

    private static StompClient connected(Map<String, String> connect, String user)
            throws Exception {
        StompClient client = StompClient.webSocket(gateway.webSocket(), "v12.stomp");
        client.send("CONNECT", connect, "");
        assertThat(client.expect("CONNECTED", PATIENCE).header("user-name")).contains(user);
        return client;
    }
}
