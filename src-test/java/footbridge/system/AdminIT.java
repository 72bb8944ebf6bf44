package footbridge.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.FreePort;
import footbridge.testbed.GatewayProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What operators can ask at the management port. No broker runs: none is needed for that.
@Timeout(120)
final class AdminIT {

    private static final String EXPLAIN = "/admin/explain?operation=SEND&destination=%2Fqueue%2Fa";

    @Test
    void theRulesInForceAreExplained() throws Exception {
        try (GatewayProcess gateway = start("true")) {
            HttpResponse<String> answer = get(gateway, EXPLAIN + "&user=ann&roles=x,y");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
            JsonObject json = new JsonObject(answer.body());
            assertThat(json.getBoolean("allowed")).isTrue();
            assertThat(json.getJsonObject("client").getString("user")).isEqualTo("ann");
            assertThat(json.getJsonObject("target").getString("name")).isEqualTo("demo.a");

            HttpResponse<String> misused = get(gateway, EXPLAIN.replace("SEND", "PUT"));
            assertThat(misused.statusCode()).isEqualTo(400);
            assertThat(new JsonObject(misused.body()).getString("error"))
                    .isEqualTo("'PUT' is neither SEND nor SUBSCRIBE");
            assertThat(get(gateway, "/admin/explain?operation=SEND").body())
                    .contains("the parameter 'destination' is missing");
            assertThat(status(gateway.httpPort(), EXPLAIN)).isEqualTo(404);
        }
    }

    @Test
    void nothingIsToldUnlessTheSettingsSaySo() throws Exception {
        try (GatewayProcess gateway = start("false")) {
            assertThat(get(gateway, EXPLAIN).statusCode()).isEqualTo(404);
        }
    }

    private static GatewayProcess start(String admin) {
        GatewayProcess gateway =
                Site.demoGateway()
                        .setting("footbridge.admin", admin)
                        .setting("footbridge.jms.artemis.url", "tcp://localhost:" + FreePort.find())
                        .setting(
                                "footbridge.kafka.kafka.bootstrap-servers",
                                "localhost:" + FreePort.find())
                        .launch();
        await().atMost(Site.PATIENCE).until(() -> isAlive(gateway));
        return gateway;
    }

    private static boolean isAlive(GatewayProcess gateway) throws InterruptedException {
        try {
            return status(gateway.managementPort(), "/q/health/live") == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int status(int port, String path) throws IOException, InterruptedException {
        return get(port, path).statusCode();
    }

    private static HttpResponse<String> get(GatewayProcess gateway, String path)
            throws IOException, InterruptedException {
        return get(gateway.managementPort(), path);
    }

    private static HttpResponse<String> get(int port, String path)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI address = URI.create("http://localhost:%d%s".formatted(port, path));
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        }
    }
}
