package footbridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.clients.NodeTests;
import footbridge.testbed.BrokersProcess;
import footbridge.testbed.GatewayProcess;
import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The operators' console: who gets in, what it tells, and the page in a real browser.
@Timeout(300)
final class ConsoleIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String OLGA = "olga:operator";

    @TempDir private static Path data;

    private static BrokersProcess broker;
    private static GatewayProcess gateway;

    @BeforeAll
    static void start() {
        broker = BrokersProcess.startArtemis(data);
        gateway =
                Site.demoGateway()
                        .settings(broker.gatewaySettings())
                        .setting("footbridge.kafka.kafka.bootstrap-servers", "localhost:1")
                        .setting("footbridge.console.role", "operator")
                        .setting("quarkus.security.users.embedded.users.olga", "operator")
                        .setting("quarkus.security.users.embedded.roles.olga", "operator")
                        .setting("quarkus.security.users.embedded.users.ann", "secret")
                        .setting("quarkus.security.users.embedded.roles.ann", "trader")
                        .launch();
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(ConsoleIT::artemisIsThere);
    }

    private static boolean artemisIsThere() throws IOException, InterruptedException {
        return get("/admin/backends", OLGA)
                .body()
                .contains("\"name\":\"artemis\",\"kind\":\"JMS\",\"up\":true");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        broker.close();
    }

    @Test
    void onlyOperatorsGetIn() throws Exception {
        for (String path : List.of("/console/", "/console/console.js", "/admin/connections")) {
            HttpResponse<String> nobody = get(path, "");
            assertThat(nobody.statusCode()).isEqualTo(401);
            assertThat(nobody.headers().firstValue("www-authenticate")).isPresent();
            assertThat(get(path, "olga:wrong").statusCode()).isEqualTo(401);
            assertThat(get(path, "ann:secret").statusCode()).isEqualTo(403);
            assertThat(get(path, OLGA).statusCode()).isEqualTo(200);
        }
        HttpResponse<String> page = get("/console/", OLGA);
        assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
                .contains("default-src 'none'");
        assertThat(status(gateway.httpPort(), "/console/")).isEqualTo(404);
        assertThat(get("/q/health/live", "").statusCode()).isEqualTo(200);
    }

    @Test
    void connectionsAreToldAndSearched() throws Exception {
        try (StompClient client = Site.connected(gateway)) {
            Site.subscribe(client, "s", "/queue/console-search");
            Site.send(client, "/queue/elsewhere", "x");

            JsonObject answer = json("/admin/connections?search=console-search");

            assertThat(answer.getInteger("found")).isEqualTo(1);
            JsonObject connection = answer.getJsonArray("connections").getJsonObject(0);
            assertThat(connection.getString("user")).isEqualTo("anonymous");
            assertThat(connection.getString("listener")).isEqualTo("websocket");
            assertThat(connection.getLong("sent")).isEqualTo(1);
            JsonObject subscription = connection.getJsonArray("subscriptions").getJsonObject(0);
            assertThat(subscription.getString("destination")).isEqualTo("/queue/console-search");
            assertThat(subscription.getString("rule")).isEqualTo("demo.yaml:/queue/{name}");
            assertThat(json("/admin/connections?search=nobody-has-this").getInteger("found"))
                    .isZero();
        }
    }

    @Test
    void anOperatorEndsAConnectionAndItsClientIsTold() throws Exception {
        try (StompClient client = Site.connected(gateway)) {
            Site.subscribe(client, "s", "/queue/console-end");
            String id =
                    json("/admin/connections?search=console-end")
                            .getJsonArray("connections")
                            .getJsonObject(0)
                            .getString("id");
            String path = "/admin/connections/" + id + "/disconnect";

            assertThat(post(path, Map.of()).statusCode()).isEqualTo(403);
            Map<String, String> intent = Map.of("X-Footbridge-Console", "1");
            assertThat(post(path, intent).statusCode()).isEqualTo(202);

            StompFrame error = client.expect("ERROR", PATIENCE);
            assertThat(error.header("code")).contains("dismissed");
            assertThat(post("/admin/connections/none/disconnect", intent).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void thePageWorksInChromium() throws Exception {
        NodeTests.run(
                "page.console.test.mjs",
                Map.of(
                        "FOOTBRIDGE_WS",
                        "ws://localhost:" + gateway.httpPort() + "/stomp",
                        "FOOTBRIDGE_CONSOLE",
                        "http://localhost:" + gateway.managementPort() + "/console/"));
    }

    private static JsonObject json(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(path, OLGA);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        return new JsonObject(answer.body());
    }

    private static HttpResponse<String> get(String path, String login)
            throws IOException, InterruptedException {
        return ask(request(path, login).build());
    }

    private static HttpResponse<String> post(String path, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path, OLGA).POST(HttpRequest.BodyPublishers.noBody());
        headers.forEach(request::header);
        return ask(request.build());
    }

    private static int status(int port, String path) throws IOException, InterruptedException {
        URI address = URI.create("http://localhost:%d%s".formatted(port, path));
        return ask(HttpRequest.newBuilder(address).build()).statusCode();
    }

    private static HttpRequest.Builder request(String path, String login) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                        URI.create(
                                "http://localhost:%d%s".formatted(gateway.managementPort(), path)));
        if (!login.isEmpty()) {
            byte[] octets = login.getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(octets));
        }
        return request;
    }

    private static HttpResponse<String> ask(HttpRequest request)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }
}
