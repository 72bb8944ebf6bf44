package footbridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.BrokersProcess;
import footbridge.testbed.GatewayProcess;
import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the gateway counts, rule by rule, is true, is what `gateway/README.md` lists, and goes with
/// the rule.
@Timeout(180)
final class MetricsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String WORK = "{rule=\"work.yaml:/queue/work.{name}\"}";

    private static final String RULES =
            """
            defaults: { allow: [anonymous], create: auto }
            rules:
              - { destination: "/queue/work.{name}", to: { jms: artemis, queue: "work.{name}" } }
              - { destination: /queue/shut, to: { jms: artemis, queue: shut }, send: none }
              - destination: /topic/rates-work
                to: { kafka: kafka, topic: rates, client-sets: [key] }
                subscribe: { snapshot: true }
            """;

    private static final Pattern TYPE = Pattern.compile("# TYPE (footbridge_\\S+) (\\S+)");
    private static final Pattern ROW =
            Pattern.compile("\\| `(footbridge_[a-z_]+)` \\| ((?:`[a-z]+`(?:, )?)*) ?\\|.*");
    private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"");

    @TempDir private static Path folder;

    private static BrokersProcess broker;
    private static GatewayProcess gateway;
    private static Path rules;

    @BeforeAll
    static void start() throws IOException {
        rules = Files.createDirectory(folder.resolve("rules"));
        Files.writeString(rules.resolve("work.yaml"), RULES);
        broker = BrokersProcess.start(folder.resolve("broker"));
        gateway =
                GatewayProcess.withMappings(rules)
                        .setting("footbridge.anonymous", "true")
                        .setting("footbridge.reload-interval", "100ms")
                        .setting("footbridge.kafka.kafka.snapshot-keys", "2")
                        .settings(broker.gatewaySettings())
                        .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        broker.close();
    }

    @Test
    void everythingThatHappensToARulesMessagesIsCounted() throws Exception {
        try (StompClient client = Site.connected(gateway)) {
            double before = value("footbridge_messages_received_total");
            send(client, "/queue/work.one", "12345");
            send(client, "/queue/work.two", "67890");

            assertThat(value("footbridge_messages_received_total") - before).isEqualTo(2);
            assertThat(value("footbridge_received_bytes_total")).isGreaterThanOrEqualTo(10);
            assertThat(value("footbridge_messages_confirmed_total")).isGreaterThanOrEqualTo(2);
            assertThat(value("footbridge_receipts_total")).isGreaterThanOrEqualTo(2);
            assertThat(value("footbridge_confirmation_seconds_count")).isGreaterThanOrEqualTo(2);

            client.send(
                    "SUBSCRIBE",
                    Map.of(
                            "id", "s",
                            "destination", "/queue/work.one",
                            "ack", "client-individual"),
                    "");
            StompFrame first = client.expect("MESSAGE", PATIENCE);
            await().atMost(PATIENCE).until(() -> value("footbridge_messages_held") == 1);
            assertThat(value("footbridge_subscriptions")).isEqualTo(1);
            assertThat(value("footbridge_messages_waiting")).isEqualTo(0);

            client.send("NACK", Map.of("id", first.header("ack").orElseThrow()), "");
            StompFrame again = client.expect("MESSAGE", PATIENCE);
            assertThat(again.header("redelivered")).contains("true");
            client.send("ACK", Map.of("id", again.header("ack").orElseThrow()), "");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> {
                        assertThat(settled("redeliver")).isEqualTo(1);
                        assertThat(settled("acknowledged")).isEqualTo(1);
                        assertThat(value("footbridge_messages_redelivered_total")).isEqualTo(1);
                        assertThat(value("footbridge_messages_held")).isEqualTo(0);
                        assertThat(value("footbridge_delivery_seconds_count"))
                                .isEqualTo(value("footbridge_messages_delivered_total"));
                    });
        }
    }

    @Test
    void anErrorIsCountedWithItsCodeAndTheRuleThatItsFrameMet() throws Exception {
        refused("/queue/shut");
        refused("/queue/nowhere");

        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    Metrics metrics = Metrics.of(gateway);
                    assertThat(metrics.text())
                            .contains(
                                    "footbridge_refusals_total{code=\"access-denied\",rule=\"work.yaml:/queue/shut\"} ")
                            .contains(
                                    "footbridge_refusals_total{code=\"no-such-destination\",rule=\"\"} ");
                });
    }

    @Test
    void aTopicThatIsTooLargeForASnapshotIsTold() throws Exception {
        createRates();
        try (StompClient client = Site.connected(gateway)) {
            for (String key : List.of("a", "b", "c")) {
                send(client, "/topic/rates-work", "1", "kafka-key", key);
            }
            client.send("SUBSCRIBE", Map.of("id", "s", "destination", "/topic/rates-work"), "");

            assertThat(client.expect("ERROR", PATIENCE).header("code"))
                    .contains("snapshot-too-large");
        }

        assertThat(Metrics.of(gateway).text())
                .contains("footbridge_snapshots_too_large{backend=\"kafka\"} 1")
                .contains("footbridge_snapshot_keys{backend=\"kafka\"} 0");
        assertThat(Metrics.read(gateway, "/q/health/ready"))
                .contains("\"snapshots-too-large\": \"rates\"")
                .doesNotContain("DOWN");
        assertThat(gateway.log())
                .containsPattern(
                        "WARN .*Kafka snapshot too large topic=rates keys=3 .*snapshot-keys=2 ");
    }

    private static void createRates() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", broker.kafkaBootstrapServers()))) {
            NewTopic rates =
                    new NewTopic("rates", 1, (short) 1)
                            .configs(Map.of("cleanup.policy", "compact"));
            admin.createTopics(List.of(rates)).all().get();
        }
    }

    @Test
    void theReadmeListsWhatThereIs() throws Exception {
        refused("/queue/nowhere");
        try (StompClient client = Site.connected(gateway)) {
            send(client, "/queue/work.three", "x");
        }
        await().atMost(PATIENCE)
                .until(() -> Metrics.of(gateway).text().contains("connections_closed_total{"));

        assertThat(documented()).isEqualTo(scraped(Metrics.of(gateway).text()));
    }

    @Test
    void aRuleTakesItsMetersAlong() throws Exception {
        Path more = rules.resolve("more.yaml");
        Files.writeString(more, RULES.replace("work", "more").replace("shut", "also-shut"));
        await().atMost(PATIENCE).until(() -> Metrics.of(gateway).value("footbridge_rules") == 6);
        try (StompClient client = Site.connected(gateway)) {
            send(client, "/queue/more.one", "x");
        }
        assertThat(Metrics.of(gateway).text()).contains("more.yaml:/queue/more");

        Files.delete(more);

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(Metrics.of(gateway).text())
                                .doesNotContain("more.yaml:/queue/more"));
    }

    private static void send(StompClient client, String destination, String body, String... more)
            throws IOException, InterruptedException {
        Map<String, String> headers = Site.headers(more);
        headers.put("destination", destination);
        headers.put("receipt", destination);
        client.send("SEND", headers, body);
        client.expect("RECEIPT", PATIENCE);
    }

    private static void refused(String destination) throws IOException, InterruptedException {
        try (StompClient client = Site.connected(gateway)) {
            client.send("SEND", Map.of("destination", destination), "x");
            client.expect("ERROR", PATIENCE);
        }
    }

    private static double settled(String outcome) throws IOException, InterruptedException {
        return Metrics.of(gateway)
                .value(
                        "footbridge_messages_settled_total{outcome=\"%s\",%s"
                                .formatted(outcome, WORK.substring(1)));
    }

    private static double value(String name) throws IOException, InterruptedException {
        return Metrics.of(gateway).value(name + WORK);
    }

    private static Map<String, Set<String>> documented() throws IOException {
        Map<String, Set<String>> labels = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("gateway/README.md"))) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                labels.put(
                        row.group(1),
                        Pattern.compile("[a-z]+")
                                .matcher(row.group(2))
                                .results()
                                .map(label -> label.group())
                                .collect(Collectors.toCollection(TreeSet::new)));
            }
        }
        return labels;
    }

    private static Map<String, Set<String>> scraped(String text) {
        Map<String, Set<String>> labels = new TreeMap<>();
        TYPE.matcher(text)
                .results()
                .map(type ->
                        type.group(2).equals("counter") ? type.group(1) + "_total" : type.group(1))
                .forEach(name -> labels.put(name, new TreeSet<>()));
        text.lines()
                .filter(line -> line.startsWith("footbridge_"))
                .forEach(line ->
                        LABEL.matcher(line.contains("{") ? line.substring(line.indexOf('{')) : "")
                                .results()
                                .map(label -> label.group(1))
                                .filter(label -> !label.equals("le"))
                                .forEach(label -> labelsOf(line, labels).add(label)));
        return labels;
    }

    /// Those of the metric to which a sample belongs: a histogram's samples have names of their
    /// own.
    private static Set<String> labelsOf(String line, Map<String, Set<String>> labels) {
        String name = line.substring(0, line.indexOf('{'));
        Set<String> known = labels.get(name);
        return known != null ? known : labels.get(name.replaceAll("_(bucket|count|sum)$", ""));
    }
}
