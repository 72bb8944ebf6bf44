package footbridge.system;

import static footbridge.system.Site.PATIENCE;
import static footbridge.system.Site.headers;
import static footbridge.system.Site.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.FreePort;
import footbridge.testbed.StompClient;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The README's first command, as a newcomer types it.
@DisabledOnOs(OS.WINDOWS)
@Timeout(300)
class DemoIT {

    @TempDir private Path folder;

    @Test
    void theDemoTakesGuestsServesItsPageAndLeavesNothingBehind() throws Exception {
        int http = FreePort.find();
        int management = FreePort.find();
        int tcp = FreePort.find();
        Path output = folder.resolve("output.txt");
        Process demo = start(http, management, tcp, output);
        List<ProcessHandle> all = List.of();
        try {
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> Files.readString(output).contains("ready"));
            all = demo.descendants().toList();
            assertThat(status("http://localhost:" + http + "/")).isEqualTo(200);
            assertThat(status("http://localhost:" + management + "/console/")).isEqualTo(401);
            try (StompClient guest = StompClient.tcp("localhost", tcp)) {
                guest.send(
                        "CONNECT",
                        headers("accept-version", "1.2", "login", "guest", "passcode", "guest"),
                        "");
                guest.expect("CONNECTED", PATIENCE);
                for (String destination : List.of("/queue/demo", "/topic/demo", "/topic/kafka")) {
                    assertThat(send(guest, destination, "hello").command()).isEqualTo("RECEIPT");
                }
            }
        } finally {
            demo.destroy();
        }
        assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
        for (ProcessHandle process : all) {
            await().atMost(PATIENCE).until(() -> !process.isAlive());
        }
    }

    private static Process start(int http, int management, int tcp, Path output) throws Exception {
        var builder =
                new ProcessBuilder("./footbridge", "demo")
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "FOOTBRIDGE_HTTP_PORT", String.valueOf(http),
                                "FOOTBRIDGE_TCP_PORT", String.valueOf(tcp),
                                "FOOTBRIDGE_MANAGEMENT_PORT", String.valueOf(management),
                                "FOOTBRIDGE_DEMO_ARTEMIS_PORT", String.valueOf(FreePort.find()),
                                "FOOTBRIDGE_DEMO_KAFKA_PORT", String.valueOf(FreePort.find())));
        return builder.start();
    }

    private static int status(String address) throws Exception {
        var connection = (HttpURLConnection) URI.create(address).toURL().openConnection();
        return connection.getResponseCode();
    }
}
