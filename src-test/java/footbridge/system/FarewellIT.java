package footbridge.system;

import static footbridge.system.Site.PATIENCE;
import static footbridge.system.Site.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.GatewayProcess;
import footbridge.testbed.StompClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How clients fare when the gateway goes away.
@Timeout(120)
class FarewellIT {

    private static final int SIGTERM_EXIT = 128 + 15;

    @TempDir private Path data;

    @Test
    void clientsGetTheirReceiptsAndAreToldToComeBackToAnotherReplica() throws Exception {
        try (Site site = Site.start(data, Map.of("footbridge.shutdown.timeout", "40s"));
                StompClient client = site.connected()) {
            CompletableFuture<OptionalInt> exit;
            signal(site.brokers().pid(), "STOP");
            try {
                client.send("SEND", headers("destination", "/queue/demo", "receipt", "r"), "x");
                exit = terminate(site.gateway());
                await().atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThatThrownBy(site::connected)
                                        .rootCause()
                                        .hasMessageContaining("503"));
                assertThat(client.next(Duration.ZERO)).isEmpty();
            } finally {
                signal(site.brokers().pid(), "CONT");
            }

            assertThat(client.expect("RECEIPT", PATIENCE).header("receipt-id")).contains("r");
            StompClient.End end = client.awaitEnd(PATIENCE).orElseThrow();
            assertThat(end.code()).isEqualTo(OptionalInt.of(1012));
            assertThat(end.reason()).matches("shutting-down retry-after=\\d+ms");
            assertThat(exit.join()).isEqualTo(OptionalInt.of(SIGTERM_EXIT));
        }
    }

    @Test
    void duringTheNoticeItIsNotReadyAndServesOn() throws Exception {
        try (Site site = Site.start(data, Map.of("footbridge.shutdown.notice", "8s"))) {
            CompletableFuture<OptionalInt> exit = terminate(site.gateway());
            await().atMost(PATIENCE).until(() -> !site.gateway().isReady());

            try (StompClient late = site.connected()) {
                assertThat(Site.send(late, "/queue/demo", "x").command()).isEqualTo("RECEIPT");
                assertThat(late.awaitEnd(PATIENCE).orElseThrow().code())
                        .isEqualTo(OptionalInt.of(1012));
            }
            assertThat(exit.join()).isEqualTo(OptionalInt.of(SIGTERM_EXIT));
        }
    }

    private static CompletableFuture<OptionalInt> terminate(GatewayProcess gateway) {
        // Not in the common pool, whose threads the clients need.
        return CompletableFuture.supplyAsync(
                () -> gateway.terminate(Duration.ofSeconds(60)), Thread::startVirtualThread);
    }

    private static void signal(long pid, String signal) throws Exception {
        int code = new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor();
        assertThat(code).isZero();
    }
}
