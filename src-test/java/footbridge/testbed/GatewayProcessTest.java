package footbridge.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Starting and ending the gateway's process, with a stand-in for the gateway.
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class GatewayProcessTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir private Path folder;
    private Path jar;

    @BeforeEach
    void makeJar() throws IOException {
        jar = FakeGateway.jar(folder);
    }

    @Test
    void readyGatewayHasItsPortsSettingsAndOptions() {
        try (GatewayProcess gateway =
                recipe().settings(Map.of("footbridge.anonymous", "true")).jvm("-Xmx64m").start()) {
            assertThat(gateway.isReady()).isTrue();
            assertThat(gateway.log())
                    .contains("footbridge.mappings=" + folder)
                    .contains("footbridge.anonymous=true")
                    .contains("footbridge.tcp.port=" + gateway.tcpPort())
                    .contains("quarkus.http.port=" + gateway.httpPort())
                    .contains("heap=" + (64 << 20));
        }
    }

    @Test
    void closedGatewayIsGone() {
        GatewayProcess gateway = recipe().start();

        gateway.close();

        assertThat(gateway.isAlive()).isFalse();
        assertThat(FreePort.isFree(gateway.httpPort())).isTrue();
    }

    @Test
    void gatewayThatDoesNotEndIsKilled() {
        GatewayProcess gateway = recipe().jvm("-Dfake=stubborn").start();

        assertThat(gateway.terminate(Duration.ofMillis(500))).isEmpty();
        assertThat(gateway.isAlive()).isFalse();
    }

    @Test
    void gatewayThatFailsTellsItsExitCodeAndLog() {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> recipe().jvm("-Dfake=fails").start())
                .withMessageContaining("exit code 1")
                .withMessageContaining("the reason why");
    }

    @Test
    void gatewayMayBeStartedWithoutWaiting() {
        try (GatewayProcess gateway = recipe().jvm("-Dfake=never-ready").launch()) {
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> gateway.awaitReady(Duration.ofSeconds(2)))
                    .withMessageContaining("not ready after PT2S");
            assertThat(gateway.isAlive()).isTrue();
        }
    }

    @Test
    void gatewayEndsWithTheJvmThatStartedIt() throws Exception {
        TetheredProcess parent =
                TetheredProcess.start(
                        List.of(
                                TetheredProcess.java(),
                                "-Dfootbridge.jar=" + jar,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Parent.class.getName()),
                        folder.resolve("parent.log"));
        await().atMost(SOON).until(() -> parent.log().contains("started"));
        String pid =
                parent.log()
                        .lines()
                        .filter(line -> line.startsWith("started "))
                        .findFirst()
                        .orElseThrow()
                        .substring("started ".length());
        ProcessHandle gateway = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        assertThat(gateway.isAlive()).isTrue();

        parent.kill();

        await().atMost(SOON).until(() -> !gateway.isAlive());
    }

    /// A JVM that starts a gateway and then only waits to be killed.
    static final class Parent {

        private Parent() {}

        public static void main(String[] args) throws InterruptedException {
            GatewayProcess gateway = GatewayProcess.withMappings(Path.of("mappings")).start();
            System.out.println("started " + gateway.pid());
            Thread.currentThread().join();
        }
    }

    private GatewayProcess.Recipe recipe() {
        return GatewayProcess.withMappings(folder).jar(jar);
    }
}
