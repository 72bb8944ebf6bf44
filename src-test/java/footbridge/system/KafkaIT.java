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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What rules for Kafka promise, over real sockets from a real cluster.
@Timeout(180)
class KafkaIT {

    private static final Duration JOINING = Duration.ofSeconds(60);
    private static final String RULES =
            """
            defaults: { allow: [anonymous], create: auto }
            rules:
              - destination: /topic/log
                to: { kafka: kafka, topic: log, producer: bulk, client-sets: [key] }
              - destination: /topic/audit
                to: { kafka: kafka, topic: audit }
              - destination: /queue/jobs
                to: { kafka: kafka, topic: jobs, share-group: workers }
                subscribe: { from: earliest, dead-letter: dlq.jobs }
              - destination: /topic/history
                to: { kafka: kafka, topic: history }
                subscribe: { from: earliest }
              - destination: /queue/ledger
                to: { kafka: kafka, topic: ledger, group: books }
                subscribe: { from: earliest, dead-letter: ledger.dead }
              - destination: /topic/ledger-dead
                to: { kafka: kafka, topic: ledger.dead }
              - destination: /topic/far
                to: { kafka: far, topic: audit }
              - destination: /topic/dead-jobs
                to: { kafka: kafka, topic: dlq.jobs }
            """;

    private static BrokersProcess brokers;
    private static BrokersProcess far;
    private static GatewayProcess gateway;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Path rules = Files.createDirectory(folder.resolve("rules"));
        Files.writeString(rules.resolve("rules.yaml"), RULES);
        brokers = BrokersProcess.start(folder.resolve("data"));
        far = BrokersProcess.startKafka(folder.resolve("far"));
        gateway =
                GatewayProcess.withMappings(rules)
                        .settings(brokers.gatewaySettings())
                        .setting("footbridge.anonymous", "true")
                        .setting("footbridge.kafka.kafka.producers.bulk.compression", "lz4")
                        .setting(
                                "footbridge.kafka.far.bootstrap-servers",
                                far.kafkaBootstrapServers())
                        .start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        brokers.close();
        far.close();
    }

    @Test
    void aReceiptSaysWhereTheRecordIs() throws Exception {
        try (StompClient client = Site.connected(gateway)) {
            client.send(
                    "SEND",
                    headers("destination", "/topic/log", "receipt", "r", "kafka-key", "k"),
                    "x");

            StompFrame receipt = client.expect("RECEIPT", PATIENCE);

            assertThat(receipt.header("kafka-partition")).contains("0");
            assertThat(receipt.header("kafka-offset")).isPresent();
        }
    }

    @Test
    void aRuleNamesOneOfSeveralClustersAndNoTransactionSpansTwo() throws Exception {
        try (StompClient watcher = Site.connected(gateway);
                StompClient client = Site.connected(gateway)) {
            Site.subscribe(watcher, "0", "/topic/far");
            Site.send(client, "/topic/audit", "here");
            Site.send(client, "/topic/far", "there");

            assertThat(watcher.expect("MESSAGE", PATIENCE).text()).isEqualTo("there");
            client.send("BEGIN", headers("transaction", "t"), "");
            client.send("SEND", headers("destination", "/topic/far", "transaction", "t"), "x");
            client.send("SEND", headers("destination", "/topic/audit", "transaction", "t"), "x");
            assertThat(client.expect("ERROR", PATIENCE).header("code"))
                    .contains("transaction-spans-backends");
        }
    }

    @Test
    void aCommitOnKafkaIsSeenAsOneAndAnAbortNotAtAll() throws Exception {
        try (StompClient watcher = Site.connected(gateway);
                StompClient client = Site.connected(gateway)) {
            Site.subscribe(watcher, "0", "/topic/audit");

            transact(client, "ABORT", "never");
            transact(client, "COMMIT", "one", "two");

            assertThat(watcher.expect("MESSAGE", PATIENCE).text()).isEqualTo("one");
            assertThat(watcher.expect("MESSAGE", PATIENCE).text()).isEqualTo("two");
        }
    }

    @Test
    void aShareGroupIsAQueueOverTheWire() throws Exception {
        try (StompClient sender = Site.connected(gateway)) {
            for (int i = 0; i < 3; i++) {
                assertThat(Site.send(sender, "/queue/jobs", "job" + i).command())
                        .isEqualTo("RECEIPT");
            }
        }
        try (StompClient worker = Site.connected(gateway)) {
            subscribe(worker, "/queue/jobs", "client-individual");
            StompFrame first = worker.expect("MESSAGE", PATIENCE);
            StompFrame second = worker.expect("MESSAGE", PATIENCE);
            worker.expect("MESSAGE", PATIENCE);
            assertThat(first.header("delivery-count")).contains("1");
            settle(worker, "ACK", first);
            settle(worker, "NACK", second, "requeue", "false");
        }
        try (StompClient next = Site.connected(gateway)) {
            subscribe(next, "/queue/jobs", "client-individual");
            StompFrame again = next.expect("MESSAGE", PATIENCE);

            assertThat(again.text()).isEqualTo("job2");
            assertThat(again.header("delivery-count")).contains("2");
            next.send("BEGIN", headers("transaction", "t"), "");
            next.send(
                    "ACK",
                    headers("id", again.header("ack").orElseThrow(), "transaction", "t"),
                    "");
            assertThat(next.expect("ERROR", PATIENCE).header("code")).contains("unsupported");
        }
    }

    @Test
    void aCutClientGoesOnWhereItWas() throws Exception {
        String position;
        try (StompClient client = Site.connected(gateway)) {
            for (int i = 0; i < 4; i++) {
                Site.send(client, "/topic/history", "n" + i);
            }
            assertThat(replay(client).header("recovered")).isEmpty();
            assertThat(client.expect("MESSAGE", PATIENCE).text()).isEqualTo("n0");
            StompFrame last = client.expect("MESSAGE", PATIENCE);
            assertThat(last.header("recovered")).isEmpty();
            position = last.header("kafka-position").orElseThrow();
        }
        try (StompClient client = Site.connected(gateway)) {
            StompFrame receipt = replay(client, "resume-from", position);
            assertThat(receipt.header("recovered")).contains("true");
            assertThat(receipt.header("kafka-position")).contains(position);

            StompFrame next = client.expect("MESSAGE", PATIENCE);
            assertThat(next.text()).isEqualTo("n2");
            assertThat(next.header("recovered")).contains("true");
            StompFrame after = client.expect("MESSAGE", PATIENCE);
            assertThat(after.text()).isEqualTo("n3");
            assertThat(after.header("recovered")).isEmpty();
        }
        try (StompClient client = Site.connected(gateway)) {
            replay(client, "from", "last=1");
            assertThat(client.expect("MESSAGE", PATIENCE).text()).isEqualTo("n3");
        }
        assertThat(refusal("from", "offset=99")).contains("offset-out-of-range");
        assertThat(refusal("resume-from", "yesterday")).contains("invalid-header");
    }

    private static Optional<String> refusal(String header, String value) throws Exception {
        try (StompClient client = Site.connected(gateway)) {
            client.send(
                    "SUBSCRIBE",
                    headers("id", "0", "destination", "/topic/history", header, value),
                    "");
            return client.expect("ERROR", PATIENCE).header("code");
        }
    }

    private static StompFrame replay(StompClient client, String... more) throws Exception {
        var all = headers(more);
        all.putAll(headers("id", "0", "destination", "/topic/history", "receipt", "s"));
        client.send("SUBSCRIBE", all, "");
        return client.expect("RECEIPT", PATIENCE);
    }

    @Test
    void aConsumerGroupIsWorkedOffInOrderOverTheWire() throws Exception {
        try (StompClient sender = Site.connected(gateway)) {
            for (int i = 0; i < 6; i++) {
                Site.send(sender, "/queue/ledger", "entry" + i);
            }
        }
        try (StompClient watcher = Site.connected(gateway);
                StompClient worker = Site.connected(gateway)) {
            Site.subscribe(watcher, "0", "/topic/audit");
            Site.subscribe(watcher, "1", "/topic/ledger-dead");
            subscribe(worker, "/queue/ledger", "client");
            List<StompFrame> entries = new ArrayList<>();
            while (entries.size() < 6) {
                entries.add(worker.expect("MESSAGE", PATIENCE));
            }
            settle(worker, "ACK", entries.get(1));
            settle(worker, "NACK", entries.get(2));
            move(worker, entries.get(4), "booked");

            assertThat(watcher.expect("MESSAGE", PATIENCE).text()).isEqualTo("entry2");
            assertThat(watcher.expect("MESSAGE", PATIENCE).text()).isEqualTo("booked");
        }
        try (StompClient next = Site.connected(gateway)) {
            subscribe(next, "/queue/ledger", "client");

            assertThat(next.expect("MESSAGE", PATIENCE).text()).isEqualTo("entry5");
        }
    }

    @Test
    void whatAConsumerGroupCannotDoIsRefusedOverTheWire() throws Exception {
        try (StompClient client = Site.connected(gateway)) {
            client.send(
                    "SUBSCRIBE",
                    headers(
                            "id", "0",
                            "destination", "/queue/ledger",
                            "ack", "client-individual"),
                    "");

            assertThat(client.expect("ERROR", PATIENCE).header("code")).contains("unsupported");
        }
    }

    /// An ACK of all up to `message` and a SEND, in one transaction.
    private static void move(StompClient client, StompFrame message, String body) throws Exception {
        client.send("BEGIN", headers("transaction", "m"), "");
        client.send(
                "ACK", headers("id", message.header("ack").orElseThrow(), "transaction", "m"), "");
        client.send("SEND", headers("destination", "/topic/audit", "transaction", "m"), body);
        client.send("COMMIT", headers("transaction", "m", "receipt", "moved"), "");
        client.expect("RECEIPT", PATIENCE);
    }

    private static void subscribe(StompClient client, String destination, String ack)
            throws Exception {
        client.send(
                "SUBSCRIBE",
                headers("id", "0", "destination", destination, "ack", ack, "receipt", "s"),
                "");
        client.expect("RECEIPT", JOINING);
    }

    private static void settle(
            StompClient client, String command, StompFrame message, String... more)
            throws Exception {
        var all = headers(more);
        all.put("id", message.header("ack").orElseThrow());
        all.put("receipt", "settled");
        client.send(command, all, "");
        StompFrame frame = client.next(PATIENCE).orElseThrow();
        while (frame.command().equals("MESSAGE")) { // one that the acknowledgement made room for
            frame = client.next(PATIENCE).orElseThrow();
        }
        assertThat(frame.command()).as(frame.toString()).isEqualTo("RECEIPT");
    }

    private static void transact(StompClient client, String end, String... bodies)
            throws Exception {
        client.send("BEGIN", headers("transaction", "t"), "");
        for (String body : bodies) {
            client.send("SEND", headers("destination", "/topic/audit", "transaction", "t"), body);
        }
        client.send(end, headers("transaction", "t", "receipt", "ended"), "");
        client.expect("RECEIPT", PATIENCE);
    }
}
