package footbridge.system;

import static footbridge.system.Site.PATIENCE;
import static footbridge.system.Site.headers;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.testbed.BrokersProcess;
import footbridge.testbed.GatewayProcess;
import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Transactions over Artemis and Kafka, where the rules say `transactions: best-effort`.
@Timeout(180)
class BestEffortIT {

    private static final String RULES =
            """
            defaults: { allow: [anonymous], create: auto, transactions: best-effort }
            rules:
              - { destination: "/queue/{name}", to: { jms: artemis, queue: "Q.{name}" } }
              - { destination: /queue/missing, to: { jms: artemis, queue: MISSING }, create: never }
              - { destination: /queue/exact, to: { jms: artemis, queue: EXACT }, transactions: exact }
              - { destination: "/topic/{name}", to: { kafka: kafka, topic: "T.{name}" } }
            """;

    private static BrokersProcess brokers;
    private static GatewayProcess gateway;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Path rules = Files.createDirectory(folder.resolve("rules"));
        Files.writeString(rules.resolve("rules.yaml"), RULES);
        brokers = BrokersProcess.start(folder.resolve("data"));
        gateway =
                GatewayProcess.withMappings(rules)
                        .settings(brokers.gatewaySettings())
                        .setting("footbridge.anonymous", "true")
                        .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        brokers.close();
    }

    @Test
    void eachBrokerCommitsItsPartAndTheReceiptSaysSo() throws Exception {
        try (StompClient client = Site.connected(gateway);
                StompClient watcher = Site.connected(gateway)) {
            Site.subscribe(watcher, "1", "/topic/moved");
            Site.send(client, "/queue/in", "work");
            client.send(
                    "SUBSCRIBE",
                    headers("id", "1", "destination", "/queue/in", "ack", "client-individual"),
                    "");
            StompFrame work = client.expect("MESSAGE", PATIENCE);
            begin(client);
            client.send(
                    "ACK", headers("id", work.header("ack").orElseThrow(), "transaction", "t"), "");
            send(client, "/topic/moved");

            StompFrame receipt = commit(client);

            assertThat(receipt.command()).isEqualTo("RECEIPT");
            assertThat(receipt.header("transactions")).contains("best-effort");
            assertThat(receipt.header("committed")).contains("SEND /topic/moved, ACK /queue/in");
            assertThat(watcher.expect("MESSAGE", PATIENCE).text()).isEqualTo("part");
        }
    }

    @Test
    void whenTheSecondFailsTheErrorSaysWhatIsDone() throws Exception {
        try (StompClient client = Site.connected(gateway);
                StompClient watcher = Site.connected(gateway)) {
            Site.subscribe(watcher, "1", "/topic/half");
            begin(client);
            send(client, "/topic/half");
            send(client, "/queue/missing");

            StompFrame error = commit(client);

            assertThat(error.header("code")).contains("transaction-partly-done");
            assertThat(error.header("receipt-id")).contains("committed");
            assertThat(error.header("committed")).contains("SEND /topic/half");
            assertThat(error.header("not-committed")).contains("SEND /queue/missing");
            assertThat(watcher.expect("MESSAGE", PATIENCE).text()).isEqualTo("part");
        }
    }

    @Test
    void whenTheFirstFailsNothingIsDone() throws Exception {
        try (StompClient client = Site.connected(gateway);
                StompClient watcher = Site.connected(gateway)) {
            Site.subscribe(watcher, "1", "/topic/none");
            begin(client);
            send(client, "/queue/missing");
            send(client, "/topic/none");

            StompFrame error = commit(client);

            assertThat(error.header("code")).contains("no-such-target");
            assertThat(error.header("not-committed"))
                    .contains("SEND /queue/missing, SEND /topic/none");
            watcher.send("SEND", headers("destination", "/topic/none"), "later");
            assertThat(watcher.expect("MESSAGE", PATIENCE).text()).isEqualTo("later");
        }
    }

    @Test
    void aRuleThatWantsItExactRefusesTheFrameThatMixes() throws Exception {
        try (StompClient client = Site.connected(gateway)) {
            begin(client);
            send(client, "/topic/mixed");
            send(client, "/queue/exact");

            assertThat(client.expect("ERROR", PATIENCE).header("code"))
                    .contains("transaction-spans-backends");
        }
    }

    private static void begin(StompClient client) throws Exception {
        client.send("BEGIN", headers("transaction", "t"), "");
    }

    private static void send(StompClient client, String destination) throws Exception {
        client.send("SEND", headers("destination", destination, "transaction", "t"), "part");
    }

    /// @return RECEIPT or ERROR
    private static StompFrame commit(StompClient client) throws Exception {
        client.send("COMMIT", headers("transaction", "t", "receipt", "committed"), "");
        return client.next(PATIENCE).orElseThrow();
    }
}
