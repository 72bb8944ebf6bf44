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
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the public port tells of the rules, where the page is served. No broker runs: none is
/// needed for that.
@Timeout(120)
final class PageExplainIT {

    private static final String RULES =
            """
            rules:
              - destination: /queue/open
                to: { jms: artemis, queue: Q }
                headers: { send: { set: { x-inside: secret } } }
              - destination: /queue/closed
                to: { jms: artemis, queue: Q }
                allow: [inner-circle]
            """;

    @TempDir private Path folder;

    @Test
    void aVisitorLearnsItsOwnVerdictAndNothingOfOthers() throws Exception {
        Files.writeString(folder.resolve("rules.yaml"), RULES);
        try (GatewayProcess gateway = start(true)) {
            JsonObject open = new JsonObject(ask(gateway, "/queue/open", "ann", "secret").body());
            assertThat(open.getBoolean("allowed")).isTrue();
            assertThat(open.getJsonObject("client").getString("user")).isEqualTo("ann");
            assertThat(open.getJsonObject("target").getString("name")).isEqualTo("Q");
            assertThat(open.containsKey("headers")).isFalse();

            HttpResponse<String> closed = ask(gateway, "/queue/closed", "ann", "secret");
            assertThat(closed.headers().firstValue("cache-control")).hasValue("no-store");
            assertThat(new JsonObject(closed.body()).getString("reason"))
                    .isEqualTo("the rule does not let this client SEND here");
            assertThat(closed.body()).doesNotContain("inner-circle");

            assertThat(ask(gateway, "/queue/open", "ann", "wrong").statusCode()).isEqualTo(403);
            assertThat(ask(gateway, "/queue/open").statusCode()).isEqualTo(403);
            assertThat(ask(gateway, "/queue/" + "x".repeat(2_000)).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void nothingIsToldWhereThePageIsNotServed() throws Exception {
        Files.writeString(folder.resolve("rules.yaml"), RULES);
        try (GatewayProcess gateway = start(false)) {
            assertThat(ask(gateway, "/queue/open", "ann", "secret").statusCode()).isEqualTo(404);
        }
    }

    private GatewayProcess start(boolean page) {
        GatewayProcess gateway =
                GatewayProcess.withMappings(folder)
                        .setting("footbridge.page", String.valueOf(page))
                        .setting("footbridge.jms.artemis.url", "tcp://localhost:" + FreePort.find())
                        .setting("quarkus.security.users.embedded.plain-text", "true")
                        .setting("quarkus.security.users.embedded.users.ann", "secret")
                        .launch();
        await().atMost(Site.PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> ask(gateway, "/queue/open").statusCode() > 0);
        return gateway;
    }

    private static HttpResponse<String> ask(
            GatewayProcess gateway, String destination, String... loginAndPasscode)
            throws IOException, InterruptedException {
        URI address =
                URI.create(
                        "http://localhost:%d/page/explain?operation=SEND&destination=%s"
                                .formatted(gateway.httpPort(), destination));
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (loginAndPasscode.length > 0) {
            request.header("X-Login", loginAndPasscode[0]);
            request.header("X-Passcode", loginAndPasscode[1]);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
