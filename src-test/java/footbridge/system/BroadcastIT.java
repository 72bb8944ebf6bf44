package footbridge.system;

import static footbridge.system.Site.headers;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.testbed.BrokersProcess;
import footbridge.testbed.GatewayProcess;
import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Kafka topics without a group, over real sockets: what was missed, the newest values, filters,
/// and clients that lag. Two nodes stand in front of one cluster.
@Timeout(180)
class BroadcastIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String RULES =
            """
            defaults: { allow: [anonymous], create: auto }
            rules:
              - { destination: /topic/news, to: { kafka: kafka, topic: news } }
              - { destination: /topic/flow, to: { kafka: kafka, topic: flow } }
              - destination: /topic/news.{region}
                to: { kafka: kafka, topic: regional, filter: { region: "{region}" } }
                headers: { send: { set: { region: "{region}" } } }
              - destination: /topic/rates
                to: { kafka: kafka, topic: rates, client-sets: [key, tombstone] }
                subscribe: { snapshot: true }
              - destination: /topic/news-snapshot
                to: { kafka: kafka, topic: news }
                subscribe: { snapshot: true }
              - destination: /topic/ticks
                to: { kafka: kafka, topic: ticks, client-sets: [key] }
                subscribe: { slow: conflate }
            """;

    private static BrokersProcess brokers;
    private static GatewayProcess one;
    private static GatewayProcess other;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Path rules = Files.createDirectory(folder.resolve("rules"));
        Files.writeString(rules.resolve("rules.yaml"), RULES);
        brokers = BrokersProcess.start(folder.resolve("data"));
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", brokers.kafkaBootstrapServers()))) {
            admin.createTopics(
                            List.of(
                                    new NewTopic("rates", 2, (short) 1)
                                            .configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        }
        one = node(rules);
        other = node(rules);
    }

    private static GatewayProcess node(Path rules) {
        return GatewayProcess.withMappings(rules)
                .settings(brokers.gatewaySettings())
                .setting("footbridge.anonymous", "true")
                .start();
    }

    @AfterAll
    static void stop() {
        other.close();
        one.close();
        brokers.close();
    }

    @Test
    void whatCameWhileAClientWasCutIsThereOnAnyNode() throws Exception {
        String position;
        try (StompClient client = Site.connected(one)) {
            position = subscribe(client, "/topic/news").header("kafka-position").orElseThrow();
            client.abort();
        }
        try (StompClient sender = Site.connected(one)) {
            for (int i = 0; i < 3; i++) {
                Site.send(sender, "/topic/news", "n" + i);
            }
        }
        try (StompClient client = Site.connected(other)) {
            StompFrame receipt = subscribe(client, "/topic/news", "resume-from", position);

            assertThat(receipt.header("recovered")).contains("true");
            for (int i = 0; i < 3; i++) {
                assertThat(client.expect("MESSAGE", PATIENCE).text()).isEqualTo("n" + i);
            }
        }
        assertThat(refusal("/topic/news-snapshot")).contains("unsupported");
    }

    @Test
    void aClientHasNoMoreThanItsPrefetchAndRefusesNothing() throws Exception {
        try (StompClient client = Site.connected(one);
                StompClient sender = Site.connected(other)) {
            subscribe(client, "/topic/flow", "ack", "client-individual", "prefetch-count", "2");
            for (int i = 0; i < 3; i++) {
                Site.send(sender, "/topic/flow", "f" + i);
            }
            StompFrame first = client.expect("MESSAGE", PATIENCE);
            StompFrame second = client.expect("MESSAGE", PATIENCE);
            // The third would come before this.
            assertThat(Site.send(client, "/topic/news", "x").command()).isEqualTo("RECEIPT");
            client.send("ACK", headers("id", ack(first), "receipt", "acked"), "");
            assertThat(List.of(next(client), next(client)))
                    .containsExactlyInAnyOrder("RECEIPT", "MESSAGE f2");
            client.send("NACK", headers("id", ack(second)), "");

            assertThat(client.expect("ERROR", PATIENCE).header("code")).contains("unsupported");
        }
    }

    @Test
    void aRegionHasItsOwnRecords() throws Exception {
        try (StompClient eu = Site.connected(one);
                StompClient us = Site.connected(other)) {
            subscribe(eu, "/topic/news.eu");
            subscribe(us, "/topic/news.us");

            Site.send(us, "/topic/news.eu", "for eu");
            us.send("SEND", headers("destination", "/topic/news.us"), "for us");

            assertThat(eu.expect("MESSAGE", PATIENCE).text()).isEqualTo("for eu");
            assertThat(us.expect("MESSAGE", PATIENCE).text()).isEqualTo("for us");
        }
    }

    @Test
    void theNewestRateOfEachPairComesFirst() throws Exception {
        try (StompClient sender = Site.connected(one);
                StompClient client = Site.connected(other)) {
            for (String rate : List.of("1.10", "1.11", "1.12")) {
                put(sender, "/topic/rates", "EURUSD", rate);
            }
            put(sender, "/topic/rates", "EURCHF", "0.93");
            delete(sender, "EURCHF");
            put(sender, "/topic/rates", "EURGBP", "0.85");

            assertThat(subscribe(client, "/topic/rates").header("kafka-position")).isEmpty();
            Map<String, String> rates = new HashMap<>();
            StompFrame next = client.expect("MESSAGE", PATIENCE);
            while (next.header("snapshot").orElseThrow().equals("true")) {
                rates.put(next.header("kafka-key").orElseThrow(), next.text());
                next = client.expect("MESSAGE", PATIENCE);
            }
            delete(sender, "EURUSD");
            StompFrame deleted = client.expect("MESSAGE", PATIENCE);

            assertThat(rates)
                    .containsExactlyInAnyOrderEntriesOf(Map.of("EURUSD", "1.12", "EURGBP", "0.85"));
            assertThat(next.header("snapshot")).contains("end");
            assertThat(next.header("kafka-position")).isPresent();
            assertThat(deleted.header("kafka-tombstone")).contains("true");
            assertThat(deleted.header("kafka-key")).contains("EURUSD");
        }
    }

    @Test
    void aClientThatLagsGetsTheNewestOfEachKey() throws Exception {
        int keys = 10;
        int sent = 6_000;
        String body = "x".repeat(1_024);
        try (StompClient slow = StompClient.over(narrow(one.tcpPort()));
                StompClient sender = Site.connected(one)) {
            slow.send("CONNECT", headers("accept-version", "1.2", "host", "h"), "");
            slow.expect("CONNECTED", PATIENCE);
            subscribe(slow, "/topic/ticks");
            slow.pauseReading();

            for (int i = 0; i < sent; i++) {
                boolean last = i == sent - 1;
                Map<String, String> head =
                        headers("destination", "/topic/ticks", "kafka-key", "k" + i % keys);
                head.put("n", Integer.toString(i));
                if (last) {
                    head.put("receipt", "sent");
                }
                sender.send("SEND", head, body);
            }
            sender.expect("RECEIPT", PATIENCE);
            slow.resumeReading();

            Map<String, Integer> newest = new HashMap<>();
            long count = 0;
            long dropped = 0;
            while (count + dropped < sent) {
                StompFrame message = slow.expect("MESSAGE", PATIENCE);
                count++;
                dropped += message.header("dropped").map(Long::parseLong).orElse(0L);
                int number = Integer.parseInt(message.header("n").orElseThrow());
                Integer before = newest.put(message.header("kafka-key").orElseThrow(), number);
                assertThat(before == null ? -1 : before).isLessThan(number);
            }
            assertThat(dropped).isPositive();
            assertThat(newest.values())
                    .containsExactlyInAnyOrder(
                            5990, 5991, 5992, 5993, 5994, 5995, 5996, 5997, 5998, 5999);
        }
    }

    private static String next(StompClient client) throws InterruptedException {
        StompFrame frame = client.next(PATIENCE).orElseThrow();
        return (frame.command() + " " + frame.text()).strip();
    }

    private static String ack(StompFrame message) {
        return message.header("ack").orElseThrow();
    }

    private static Optional<String> refusal(String destination) throws Exception {
        try (StompClient client = Site.connected(one)) {
            client.send("SUBSCRIBE", headers("id", "0", "destination", destination), "");
            return client.expect("ERROR", PATIENCE).header("code");
        }
    }

    private static StompFrame subscribe(StompClient client, String destination, String... more)
            throws Exception {
        Map<String, String> all = headers(more);
        all.putAll(headers("id", "0", "destination", destination, "receipt", "s"));
        client.send("SUBSCRIBE", all, "");
        return client.expect("RECEIPT", PATIENCE);
    }

    private static void put(StompClient client, String destination, String key, String body)
            throws Exception {
        client.send(
                "SEND",
                headers("destination", destination, "kafka-key", key, "receipt", "put"),
                body);
        client.expect("RECEIPT", PATIENCE);
    }

    private static void delete(StompClient client, String key) throws Exception {
        client.send(
                "SEND",
                headers(
                        "destination", "/topic/rates",
                        "kafka-key", key,
                        "kafka-tombstone", "true",
                        "receipt", "deleted"),
                "");
        client.expect("RECEIPT", PATIENCE);
    }

    /// A connection that holds little on its own account, so that the gateway feels who stops.
    private static Socket narrow(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8 * 1024);
        socket.connect(new InetSocketAddress("localhost", port));
        return socket;
    }
}
