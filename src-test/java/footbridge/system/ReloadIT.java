package footbridge.system;

import static footbridge.system.Site.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.BrokersProcess;
import footbridge.testbed.GatewayProcess;
import footbridge.testbed.StompClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Rules that change under a thousand connected clients while messages flow. The folder is mounted
/// as Kubernetes mounts a ConfigMap: files are links into `..data`, a link that is swapped.
@Timeout(600)
final class ReloadIT {

    private static final int HALF = 450;
    private static final int CHANGED = 100;
    private static final Duration LONG = Duration.ofMinutes(2);

    private static final String RULES =
            """
            defaults: { allow: [anonymous], create: auto }
            rules:
              - destination: /topic/stay
                to: { jms: artemis, topic: reload.stay }
              - destination: /topic/kafka-stays
                to: { kafka: kafka, topic: reload-stay }
              - destination: /topic/changes
                to: { jms: artemis, topic: reload.before }
              - destination: /topic/after
                to: { jms: artemis, topic: reload.after }
            """;

    @TempDir private Path data;
    private Path folder;
    private int versions;

    @Test
    void whoseRuleStaysNoticesNothingAndWhoseRuleChangesIsTold() throws Exception {
        folder = Files.createDirectory(data.resolve("rules"));
        swap(RULES);
        Files.createSymbolicLink(folder.resolve("rules.yaml"), Path.of("..data/rules.yaml"));
        try (BrokersProcess brokers = BrokersProcess.start(data.resolve("brokers"));
                GatewayProcess gateway = gateway(brokers);
                Crowd jms = new Crowd(gateway.httpPort(), Integer.MAX_VALUE);
                Crowd kafka = new Crowd(gateway.httpPort(), Integer.MAX_VALUE);
                Crowd changing = new Crowd(gateway.httpPort(), Integer.MAX_VALUE);
                StompClient sender = Site.connected(gateway);
                StompClient after = Site.connected(gateway)) {
            jms.join(HALF, "/topic/stay");
            kafka.join(HALF, "/topic/kafka-stays");
            changing.join(CHANGED, "/topic/changes");
            await().atMost(LONG)
                    .untilAsserted(() -> {
                        assertThat(jms.faults()).isEmpty();
                        assertThat(kafka.faults()).isEmpty();
                        assertThat(jms.subscribed()).isEqualTo(HALF);
                        assertThat(kafka.subscribed()).isEqualTo(HALF);
                        assertThat(changing.subscribed()).isEqualTo(CHANGED);
                    });
            Site.subscribe(after, "0", "/topic/after");
            Site.send(sender, "/topic/changes", "0");

            try (Traffic traffic = new Traffic(gateway)) {
                traffic.awaitMore(50);
                swap(RULES.replace("reload.before", "reload.after"));
                await().atMost(LONG).until(() -> told(changing) == CHANGED);
                traffic.awaitMore(50);

                swap(RULES.replace("/topic/stay", "topic/stay"));
                await().atMost(LONG).until(() -> health(gateway).containsKey("refused"));
                traffic.awaitMore(50);
                assertThat(health(gateway).getString("refused"))
                        .isEqualTo("rules.yaml:3:18: destination 'topic/stay' must start with '/'");
                assertThat(metrics(gateway))
                        .contains("footbridge_rules_reloads_total{result=\"ok\"} 1.0")
                        .contains("footbridge_rules_reloads_total{result=\"refused\"} 1.0")
                        .contains("footbridge_rules_refused 1.0");

                swap("# all lines are others\n" + RULES.replace("reload.before", "reload.after"));
                await().atMost(LONG).until(() -> !health(gateway).containsKey("refused"));
                traffic.awaitMore(50);
                traffic.stop();

                long sent = traffic.sent();
                await().atMost(LONG)
                        .untilAsserted(() -> {
                            assertThat(jms.delivered()).isEqualTo(sent * HALF);
                            assertThat(kafka.delivered()).isEqualTo(sent * HALF);
                        });
                System.out.printf(
                        "three reloads under %d messages to %d clients each%n", sent, HALF);
            }
            assertThat(jms.faults()).isEmpty();
            assertThat(kafka.faults()).isEmpty();
            assertThat(changing.delivered()).isEqualTo(CHANGED);
            assertThat(told(changing)).isEqualTo(CHANGED);

            // The sender has been connected all the time; the new rule leads it elsewhere.
            Site.send(sender, "/topic/changes", "to the new place");
            assertThat(after.expect("MESSAGE", Site.PATIENCE).text()).isEqualTo("to the new place");
        }
    }

    private GatewayProcess gateway(BrokersProcess brokers) {
        return GatewayProcess.withMappings(folder)
                .settings(brokers.gatewaySettings())
                .setting("footbridge.anonymous", "true")
                .setting("footbridge.limits.connections-per-address", "0")
                .setting("footbridge.reload-interval", "200ms")
                .setting("footbridge.reload-spread", "2s")
                // A thousand clients connect, on a machine that may be busy with them.
                .setting("footbridge.limits.time-to-connect", "120s")
                .setting("footbridge.kafka.kafka.answer-timeout", "60s")
                .setting("footbridge.kafka.kafka.send-timeout", "120s")
                .setting("footbridge.jms.artemis.call-timeout", "60s")
                .start();
    }

    private static long told(Crowd crowd) {
        return crowd.faults().stream()
                .filter(fault -> fault.startsWith("ERROR") && fault.contains("code:rule-changed\n"))
                .count();
    }

    /// As the kubelet does it: a new folder, and then one rename that puts it in force.
    private void swap(String rules) throws IOException {
        Path version = Files.createDirectory(folder.resolve("..version-" + versions++));
        Files.writeString(version.resolve("rules.yaml"), rules);
        Path fresh = Files.createSymbolicLink(folder.resolve("..data_tmp"), version.getFileName());
        Files.move(
                fresh,
                folder.resolve("..data"),
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static JsonObject health(GatewayProcess gateway) throws Exception {
        JsonObject health = new JsonObject(get(gateway, "/q/health/ready"));
        assertThat(health.getString("status")).isEqualTo("UP");
        return health.getJsonArray("checks").stream()
                .map(JsonObject.class::cast)
                .filter(check -> check.getString("name").equals("rules"))
                .map(check -> check.getJsonObject("data"))
                .findFirst()
                .orElseThrow();
    }

    private static String metrics(GatewayProcess gateway) throws Exception {
        return get(gateway, "/q/metrics");
    }

    private static String get(GatewayProcess gateway, String path) throws Exception {
        URI address = URI.create("http://localhost:%d%s".formatted(gateway.managementPort(), path));
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    /// Sends 0, 1, 2 ... to both topics that stay, each when the broker has the one before.
    private static final class Traffic implements AutoCloseable {

        private final StompClient client;
        private final AtomicInteger sent = new AtomicInteger();
        private final CompletableFuture<Void> end;
        private volatile boolean stopped;

        Traffic(GatewayProcess gateway) throws Exception {
            client = Site.connected(gateway);
            end = CompletableFuture.runAsync(this::run);
        }

        private void run() {
            try {
                while (!stopped) {
                    String body = String.valueOf(sent.get());
                    client.send("SEND", headers("destination", "/topic/stay"), body);
                    client.send(
                            "SEND",
                            headers("destination", "/topic/kafka-stays", "receipt", body),
                            body);
                    client.expect("RECEIPT", LONG);
                    sent.incrementAndGet();
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException("interrupted", e);
            }
        }

        void awaitMore(int messages) {
            int goal = sent.get() + messages;
            await().atMost(LONG).until(() -> sent.get() >= goal || end.isDone());
            assertThat(end).isNotCompletedExceptionally();
        }

        void stop() {
            stopped = true;
            end.join();
        }

        long sent() {
            return sent.get();
        }

        @Override
        public void close() {
            stopped = true;
            client.close();
        }
    }
}
