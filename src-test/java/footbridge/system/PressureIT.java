package footbridge.system;

import static footbridge.system.Site.PATIENCE;
import static footbridge.system.Site.headers;
import static footbridge.system.Site.subscribe;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.StompClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients that send too fast or read too slowly, and the others beside them.
@Timeout(180)
class PressureIT {

    private static final String KIBIBYTE = "x".repeat(1024);

    private static Site site;

    @BeforeAll
    static void start(@TempDir Path data) {
        site = Site.start(data, Map.of("footbridge.limits.unconfirmed-sends", "50"), "-Xmx160m");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void aReaderThatStopsIsDisconnectedAndTheOthersNoticeNothing_L5() throws Exception {
        try (StompClient stopped = StompClient.tcp("localhost", site.gateway().tcpPort());
                StompClient reading = site.connected();
                StompClient sender = site.connected()) {
            stopped.send("CONNECT", headers("accept-version", "1.2"), "");
            stopped.expect("CONNECTED", PATIENCE);
            subscribe(stopped, "s", "/topic/demo");
            subscribe(reading, "r", "/topic/demo");
            stopped.pauseReading();

            int sent = 20_000;
            for (int i = 0; i < sent; i++) {
                sender.send("SEND", headers("destination", "/topic/demo"), KIBIBYTE);
                if (i % 10 == 9) {
                    for (int k = 0; k < 10; k++) {
                        assertThat(reading.expect("MESSAGE", PATIENCE).text()).isEqualTo(KIBIBYTE);
                    }
                }
            }

            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(metrics())
                                    .contains(
                                            "footbridge_connections_closed_total{reason=\"slow-consumer\"} 1"));
        }
    }

    @Test
    void aSlowReaderOfAQueueIsWaitedForAndLosesNothing() throws Exception {
        int messages = 5_000;
        try (StompClient sender = site.connected()) {
            for (int i = 0; i < messages; i++) {
                sender.send("SEND", headers("destination", "/queue/slow"), i + KIBIBYTE);
            }
            sender.send("DISCONNECT", headers("receipt", "bye"), "");
            sender.expect("RECEIPT", Duration.ofSeconds(60));
        }
        try (StompClient slow = StompClient.tcp("localhost", site.gateway().tcpPort())) {
            slow.send("CONNECT", headers("accept-version", "1.2"), "");
            slow.expect("CONNECTED", PATIENCE);
            slow.pauseReading();
            slow.send("SUBSCRIBE", headers("id", "0", "destination", "/queue/slow"), "");
            slow.resumeReading();

            for (int i = 0; i < messages; i++) {
                assertThat(slow.expect("MESSAGE", PATIENCE).text()).isEqualTo(i + KIBIBYTE);
            }
        }
    }

    @Test
    void aFloodIsTakenAtThePaceOfTheBroker() throws Exception {
        int messages = 30_000;
        try (StompClient flood = StompClient.tcp("localhost", site.gateway().tcpPort())) {
            flood.send("CONNECT", headers("accept-version", "1.2"), "");
            flood.expect("CONNECTED", PATIENCE);
            for (int i = 0; i < messages; i++) {
                flood.send("SEND", headers("destination", "/queue/flood"), KIBIBYTE);
            }
            flood.send("DISCONNECT", headers("receipt", "bye"), "");

            assertThat(flood.expect("RECEIPT", Duration.ofSeconds(90)).header("receipt-id"))
                    .contains("bye");
        }
        assertThat(site.gateway().isAlive()).isTrue();
        assertThat(site.gateway().log()).doesNotContain("OutOfMemory");
    }

    private static String metrics() throws Exception {
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://localhost:%d/q/metrics"
                                                .formatted(site.gateway().managementPort())))
                        .build();
        try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }
}
