package footbridge.system;

import static footbridge.system.Site.headers;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.testbed.BrokersProcess;
import footbridge.testbed.GatewayProcess;
import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import footbridge.testbed.TokenIssuer;
import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.TextMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What rules say of headers, messages and limits, as clients on both sides of the gateway see it.
@Timeout(180)
final class RuleTermsIT {

    private static final String RULES =
            """
            defaults:
              create: auto
              headers: { send: { set: { x-sender: "{$user}" } } }
            rules:
              - destination: "/queue/told.{kind}"
                to: { jms: artemis, queue: terms.told }
                headers:
                  send:
                    set: { JMSXUserID: "{$user}", x-kind: "{kind}" }
                    rename: { corr: correlation-id }
                    drop: [x-debug]
                message: { type: bytes, persistent: false, priority: 7, time-to-live: 1h, fixed: [priority] }
              - destination: "/queue/deep/{path...}"
                to: { jms: artemis, queue: "terms.{$user}.{path...}" }
              - destination: "/topic/kafka/{kind}"
                to: { kafka: kafka, topic: terms }
                headers:
                  send: { set: { x-kind: "{kind}" } }
                  message:
                    set: { for: "{$user}", kind: "{kind}" }
                    rename: { x-sender: sender }
                    drop: [x-kind]
              - destination: "/queue/tenant.{box}"
                to: { jms: artemis, queue: "terms.{$claim.tenant}.{box}" }
                headers: { send: { set: { x-tenant: "{$claim.tenant}" } } }
              - destination: /queue/bounded
                to: { jms: artemis, queue: terms.bounded }
                limits: { body: 1K, subscriptions: 1 }
              - destination: /queue/paced
                to: { jms: artemis, queue: terms.paced }
                limits: { sends-per-second: 40 }
            """;

    @TempDir private static Path data;
    private static BrokersProcess brokers;
    private static TokenIssuer issuer;
    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        Path folder = Files.createDirectory(data.resolve("rules"));
        Files.writeString(folder.resolve("rules.yaml"), RULES);
        brokers = BrokersProcess.start(data.resolve("brokers"));
        issuer = TokenIssuer.start();
        gateway =
                GatewayProcess.withMappings(folder)
                        .settings(brokers.gatewaySettings())
                        .setting("quarkus.oidc.auth-server-url", issuer.url())
                        .setting("quarkus.security.users.embedded.plain-text", "true")
                        .setting("quarkus.security.users.embedded.users.ann", "secret")
                        .setting("quarkus.security.users.embedded.users.bob", "secret")
                        .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        brokers.close();
        issuer.close();
    }

    @Test
    void aJmsClientSeesWhatTheRuleSays() throws Exception {
        try (StompClient ann = connected("ann");
                JMSContext jms = jms()) {
            send(
                    ann,
                    "/queue/told.order",
                    "hi",
                    headers(
                            "JMSXUserID", "root",
                            "x-sender", "root",
                            "x-kind", "forged",
                            "corr", "c-1",
                            "x-debug", "1",
                            "priority", "1",
                            "persistent", "true",
                            "content-type", "text/plain"));

            var received =
                    (BytesMessage)
                            jms.createConsumer(jms.createQueue("terms.told"))
                                    .receive(Site.PATIENCE.toMillis());

            assertThat(received.getStringProperty("JMSXUserID")).isEqualTo("ann");
            assertThat(received.getStringProperty("x_HYPHEN_sender")).isEqualTo("ann");
            assertThat(received.getStringProperty("x_HYPHEN_kind")).isEqualTo("order");
            assertThat(received.getJMSCorrelationID()).isEqualTo("c-1");
            assertThat(received.propertyExists("x_HYPHEN_debug")).isFalse();
            assertThat(received.getJMSPriority()).isEqualTo(7);
            assertThat(received.getJMSDeliveryMode()).isEqualTo(DeliveryMode.PERSISTENT);
            assertThat(received.getJMSExpiration() - received.getJMSTimestamp())
                    .isBetween(
                            Duration.ofMinutes(59).toMillis(), Duration.ofMinutes(61).toMillis());
        }
    }

    @Test
    void theRestOfADestinationLeadsToTheClientsOwnQueues() throws Exception {
        try (StompClient ann = connected("ann");
                JMSContext jms = jms()) {
            send(ann, "/queue/deep/eu.orders/new", "hi", Map.of());

            var received =
                    (TextMessage)
                            jms.createConsumer(jms.createQueue("terms.ann.eu.orders/new"))
                                    .receive(Site.PATIENCE.toMillis());

            assertThat(received.getText()).isEqualTo("hi");
            ann.send("SEND", headers("destination", "/queue/deep/a..b"), "");
            assertThat(ann.expect("ERROR", Site.PATIENCE).header("code"))
                    .hasValue("no-such-destination");
        }
    }

    @Test
    void aClaimOfTheTokenLeadsToTheTenantsOwnQueue() throws Exception {
        try (StompClient eve = StompClient.webSocket(gateway.webSocket(), "v12.stomp");
                StompClient ann = connected("ann");
                JMSContext jms = jms()) {
            String token =
                    issuer.token("eve", List.of(), Duration.ofHours(1), Map.of("tenant", "acme"));
            eve.send(
                    "CONNECT",
                    headers("accept-version", "1.2", "host", "h", "passcode", token),
                    "");
            eve.expect("CONNECTED", Site.PATIENCE);
            send(eve, "/queue/tenant.box", "hi", headers("x-tenant", "globex"));

            var received =
                    (TextMessage)
                            jms.createConsumer(jms.createQueue("terms.acme.box"))
                                    .receive(Site.PATIENCE.toMillis());

            assertThat(received.getText()).isEqualTo("hi");
            assertThat(received.getStringProperty("x_HYPHEN_tenant")).isEqualTo("acme");
            // A client without the claim has no rule there.
            ann.send("SEND", headers("destination", "/queue/tenant.box"), "");
            assertThat(ann.expect("ERROR", Site.PATIENCE).header("code"))
                    .hasValue("no-such-destination");
        }
    }

    @Test
    void subscribersOfOneTopicSeeItEachAsItsRuleSays() throws Exception {
        try (StompClient ann = connected("ann");
                StompClient bob = connected("bob")) {
            Site.subscribe(ann, "0", "/topic/kafka/a");
            Site.subscribe(bob, "0", "/topic/kafka/b");
            send(bob, "/topic/kafka/c", "hi", headers("kind", "forged", "for", "x", "x-own", "y"));

            StompFrame annsMessage = ann.expect("MESSAGE", Site.PATIENCE);
            StompFrame bobsMessage = bob.expect("MESSAGE", Site.PATIENCE);

            assertThat(annsMessage.header("for")).hasValue("ann");
            assertThat(annsMessage.header("kind")).hasValue("a");
            assertThat(bobsMessage.header("for")).hasValue("bob");
            assertThat(bobsMessage.header("kind")).hasValue("b");
            for (StompFrame message : new StompFrame[] {annsMessage, bobsMessage}) {
                assertThat(message.header("sender")).hasValue("bob");
                assertThat(message.header("x-own")).hasValue("y");
                assertThat(message.header("x-sender")).isEmpty();
                assertThat(message.header("x-kind")).isEmpty();
            }
        }
    }

    @Test
    void whoSendsFasterThanTheRuleAllowsIsSlowedAndLosesNothing() throws Exception {
        try (StompClient ann = connected("ann")) {
            long start = System.nanoTime();
            for (int i = 0; i < 120; i++) {
                ann.send("SEND", headers("destination", "/queue/paced", "receipt", "r" + i), "m");
            }
            for (int i = 0; i < 120; i++) {
                ann.expect("RECEIPT", Site.PATIENCE);
            }

            // 40 at once, and 40 a second from then on.
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThan(Duration.ofMillis(1_900));
        }
    }

    @Test
    void whatIsMoreThanTheRuleAllowsIsRefused() throws Exception {
        try (StompClient ann = connected("ann")) {
            Site.subscribe(ann, "0", "/queue/bounded");
            ann.send("SUBSCRIBE", headers("id", "1", "destination", "/queue/bounded"), "");
            assertThat(ann.expect("ERROR", Site.PATIENCE).header("code"))
                    .hasValue("too-many-subscriptions");
        }
        try (StompClient bob = connected("bob")) {
            bob.send("SEND", headers("destination", "/queue/bounded"), "x".repeat(1_025));
            assertThat(bob.expect("ERROR", Site.PATIENCE).header("code"))
                    .hasValue("body-too-large");
        }
    }

    private static JMSContext jms() {
        return new ActiveMQConnectionFactory(brokers.artemisUrl()).createContext();
    }

    private static StompClient connected(String user) throws Exception {
        StompClient client = StompClient.webSocket(gateway.webSocket(), "v12.stomp");
        client.send(
                "CONNECT",
                headers("accept-version", "1.2", "host", "h", "login", user, "passcode", "secret"),
                "");
        client.expect("CONNECTED", Site.PATIENCE);
        return client;
    }

    private static void send(
            StompClient client, String destination, String body, Map<String, String> more)
            throws Exception {
        Map<String, String> all = headers("destination", destination, "receipt", "sent");
        all.putAll(more);
        client.send("SEND", all, body);
        client.expect("RECEIPT", Site.PATIENCE);
    }
}
