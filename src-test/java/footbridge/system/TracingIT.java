package footbridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.ReceivedSpan;
import footbridge.testbed.SpanSink;
import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A message's trace goes on from browser to gateway, broker and consumer, told to a collector; and
/// the log of the same gateway, in JSON, has fields to search by.
@Timeout(240)
final class TracingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BROWSER = "00f067aa0ba902b7";
    private static final String ORDERS = "demo.yaml:/queue/{name}";

    @TempDir private static Path data;

    private static SpanSink sink;
    private static Site site;

    @BeforeAll
    static void start() throws Exception {
        sink = SpanSink.start();
        site =
                Site.start(
                        data,
                        Map.of(
                                "quarkus.otel.sdk.disabled", "false",
                                "quarkus.otel.exporter.otlp.endpoint", sink.endpoint(),
                                "quarkus.otel.exporter.otlp.protocol", "http/protobuf",
                                "quarkus.otel.bsp.schedule.delay", "100ms",
                                "footbridge.log-json", "true",
                                "footbridge.audit", "true"));
    }

    @AfterAll
    static void stop() {
        site.close();
        sink.close();
    }

    @Test
    void aTraceGoesOnOverJmsToTheConsumerAndItsAck() throws Exception {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        try (StompClient client = site.connected()) {
            client.send(
                    "SUBSCRIBE",
                    Map.of("id", "s", "destination", "/queue/traced", "ack", "client-individual"),
                    "");
            client.send(
                    "SEND",
                    Map.of(
                            "destination",
                            "/queue/traced",
                            "traceparent",
                            "00-" + trace + "-" + BROWSER + "-01"),
                    "hello");
            StompFrame message = client.expect("MESSAGE", PATIENCE);
            client.send("ACK", Map.of("id", message.header("ack").orElseThrow()), "");

            ReceivedSpan send = span(trace, "send " + ORDERS);
            ReceivedSpan deliver = span(trace, "deliver " + ORDERS);
            ReceivedSpan ack = span(trace, "ack " + ORDERS);
            assertThat(send.parent()).isEqualTo(BROWSER);
            assertThat(deliver.parent()).isEqualTo(send.id());
            assertThat(ack.parent()).isEqualTo(send.id());
            assertThat(message.header("traceparent"))
                    .contains("00-" + trace + "-" + deliver.id() + "-01");
            assertThat(send.kind()).isEqualTo(4);
            assertThat(deliver.kind()).isEqualTo(5);
            assertThat(send.attributes())
                    .containsEntry("messaging.system", "jms")
                    .containsEntry("messaging.destination.name", "demo.traced")
                    .containsEntry("messaging.operation.type", "send")
                    .containsEntry("messaging.message.body.size", "5")
                    .containsEntry("footbridge.backend", "artemis");
            assertThat(ack.attributes()).containsEntry("messaging.operation.type", "settle");
        }
    }

    @Test
    void aTraceOfZipkinGoesOnOverKafkaAsOneOfW3c() throws Exception {
        String trace = "80f198ee56343ba864fe8b2a57d3eff7";
        String rule = "demo.yaml:/topic/kafka";
        try (StompClient client = site.connected()) {
            Site.subscribe(client, "k", "/topic/kafka");
            client.send(
                    "SEND",
                    Map.of("destination", "/topic/kafka", "b3", trace + "-" + BROWSER + "-1"),
                    "hello");
            StompFrame message = client.expect("MESSAGE", PATIENCE);

            ReceivedSpan send = span(trace, "send " + rule);
            ReceivedSpan deliver = span(trace, "deliver " + rule);
            assertThat(send.parent()).isEqualTo(BROWSER);
            assertThat(send.attributes()).containsEntry("messaging.system", "kafka");
            assertThat(deliver.parent()).isEqualTo(send.id());
            assertThat(message.header("traceparent"))
                    .contains("00-" + trace + "-" + deliver.id() + "-01");
        }
    }

    @Test
    void messagesOfATransactionAreTracedToo() throws Exception {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        try (StompClient client = site.connected()) {
            client.send("BEGIN", Map.of("transaction", "t"), "");
            client.send(
                    "SEND",
                    Map.of(
                            "destination", "/queue/together",
                            "transaction", "t",
                            "traceparent", "00-" + trace + "-" + BROWSER + "-01"),
                    "hello");
            client.send("COMMIT", Map.of("transaction", "t", "receipt", "done"), "");
            client.expect("RECEIPT", PATIENCE);

            assertThat(span(trace, "send " + ORDERS).parent()).isEqualTo(BROWSER);
        }
    }

    @Test
    void whatFailsIsASpanThatSaysSo() throws Exception {
        String trace = "d4cda95b652f4a1592b449d5929fda1b";
        try (StompClient client = site.connected()) {
            client.send(
                    "SEND",
                    Map.of(
                            "destination", "/queue/failing",
                            "priority", "high",
                            "traceparent", "00-" + trace + "-" + BROWSER + "-01"),
                    "hello");
            assertThat(client.expect("ERROR", PATIENCE).header("code")).contains("invalid-header");

            ReceivedSpan send = span(trace, "send " + ORDERS);
            assertThat(send.failed()).isTrue();
            assertThat(send.attributes()).containsEntry("error.type", "invalid-header");
        }
    }

    @Test
    void linesOfTheLogHaveFields() throws Exception {
        try (StompClient client = site.connected()) {
            Site.send(client, "/queue/logged", "x");

            List<JsonObject> lines =
                    site.gateway()
                            .log()
                            .lines()
                            .filter(line -> line.contains("/queue/logged"))
                            .map(JsonObject::new)
                            .toList();
            assertThat(lines).hasSize(1);
            JsonObject line = lines.getFirst();
            assertThat(line.getString("logger")).isEqualTo("footbridge.audit");
            assertThat(line.getString("level")).isEqualTo("INFO");
            assertThat(line.getString("message")).startsWith("connection=");
            assertThat(Instant.parse(line.getString("timestamp"))).isBefore(Instant.now());
            assertThat(line.getString("event")).isEqualTo("send");
            assertThat(line.getString("user")).isEqualTo("anonymous");
            assertThat(line.getString("rule")).startsWith("demo.yaml:");
            assertThat(line.getString("connection")).matches("[0-9a-f]{8}-[0-9a-z]+");
        }
    }

    private static ReceivedSpan span(String trace, String name) {
        await().atMost(PATIENCE).until(() -> sink.find(trace, name).isPresent());
        return sink.find(trace, name).orElseThrow();
    }
}
