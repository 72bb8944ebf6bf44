package footbridge.build;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.FakeGateway;
import footbridge.testbed.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The `footbridge` command with real brokers and a stand-in for the gateway, in a folder that
/// looks like a built repository without sources.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the scripts are POSIX shell")
@Timeout(180)
class FootbridgeCommandIT {

    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int SIGTERM_EXIT = 128 + 15;

    @TempDir private Path temporary;
    private Path root;
    private Path output;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void makeRepository() throws IOException {
        root = Files.createDirectory(temporary.resolve("foot bridge"));
        output = temporary.resolve("output");
        copy("footbridge");
        copy(".mvn/find-jdk");
        copy("target/brokers.classpath");
        Files.createDirectories(root.resolve("mappings"));
        Files.createSymbolicLink(
                root.resolve("target/test-classes"),
                Path.of("target/test-classes").toAbsolutePath());
        Path app = Files.createDirectories(root.resolve("target/quarkus-app"));
        Files.move(FakeGateway.jar(temporary), app.resolve("quarkus-run.jar"));
        for (String port :
                List.of(
                        "FOOTBRIDGE_HTTP_PORT",
                        "FOOTBRIDGE_TCP_PORT",
                        "FOOTBRIDGE_MANAGEMENT_PORT",
                        "FOOTBRIDGE_DEMO_ARTEMIS_PORT",
                        "FOOTBRIDGE_DEMO_KAFKA_PORT")) {
            environment.put(port, Integer.toString(FreePort.find()));
        }
    }

    @AfterEach
    void endWhatIsLeft() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void unknownCommandShowsTheUsage() throws Exception {
        Process command = footbridge("fly");

        assertThat(exitCode(command)).isEqualTo(2);
        assertThat(output()).startsWith("footbridge: unknown command fly\nUsage: footbridge");
    }

    @Test
    void helpShowsTheUsage() throws Exception {
        assertThat(exitCode(footbridge("help"))).isZero();
        assertThat(output()).startsWith("Usage: footbridge");
    }

    @Test
    void demoRunsUntilItIsToldToEndAndLeavesNothingBehind() throws Exception {
        Process demo = footbridge("demo");
        awaitReady();
        List<ProcessHandle> all = demo.descendants().toList();

        assertThat(all).isNotEmpty();
        assertThat(output())
                .contains("http://localhost:" + environment.get("FOOTBRIDGE_HTTP_PORT") + "/")
                .contains("localhost:" + environment.get("FOOTBRIDGE_TCP_PORT"));
        assertThat(gatewayLog())
                .contains("footbridge.mappings=" + root.resolve("mappings"))
                .contains("footbridge.tcp.port=" + environment.get("FOOTBRIDGE_TCP_PORT"))
                .contains("footbridge.jms.artemis.url=tcp://localhost:" + artemisPort())
                .contains("footbridge.anonymous=true", "footbridge.page=true")
                .contains("quarkus.security.users.embedded.users.guest=guest")
                .contains("quarkus.security.users.embedded.plain-text=true");
        assertThat(isFree("FOOTBRIDGE_DEMO_KAFKA_PORT")).isFalse();

        demo.toHandle().destroy();

        assertThat(exitCode(demo)).isEqualTo(SIGTERM_EXIT);
        await().atMost(SOON).until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        assertThat(isFree("FOOTBRIDGE_DEMO_ARTEMIS_PORT")).isTrue();
        assertThat(root.resolve("target/demo/artemis/journal")).isDirectory();
    }

    @Test
    void demoEndsWithTheGateway() throws Exception {
        Process demo = footbridge("demo");
        awaitReady();

        gatewayOf(demo).destroyForcibly();

        assertThat(exitCode(demo)).isEqualTo(1);
        assertThat(output()).contains("footbridge: the gateway ended with exit code 137");
        assertThat(isFree("FOOTBRIDGE_DEMO_KAFKA_PORT")).isTrue();
    }

    @Test
    void killedDemoTakesTheGatewayWithIt() throws Exception {
        Process demo = footbridge("demo");
        awaitReady();
        ProcessHandle gateway = gatewayOf(demo);

        demo.destroyForcibly();

        await().atMost(SOON).until(() -> !gateway.isAlive());
    }

    @Test
    void demoShowsWhyTheGatewayDoesNotStart() throws Exception {
        environment.put("FOOTBRIDGE_JAVA_OPTS", "-Xmx128m -Dfake=fails");

        assertThat(exitCode(footbridge("demo", "--mappings", "."))).isEqualTo(1);
        assertThat(output())
                .contains("footbridge: gateway ended with exit code 1", "the reason why")
                .doesNotContain("ready");
    }

    @Test
    void brokersMayRunAlone() throws Exception {
        Process demo = footbridge("demo", "--brokers-only", "--fresh");
        awaitReady();

        assertThat(output()).contains("tcp://localhost:" + artemisPort()).doesNotContain("ws://");
        assertThat(demo.descendants()).isEmpty();
    }

    @Test
    void portInUseIsOneLine() throws Exception {
        try (var squatter = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(squatter.getLocalPort());
            environment.put("FOOTBRIDGE_TCP_PORT", port);

            assertThat(exitCode(footbridge("demo"))).isEqualTo(1);
            assertThat(output().lines())
                    .singleElement()
                    .asString()
                    .contains("port " + port + " is in use", "FOOTBRIDGE_TCP_PORT");
        }
    }

    @Test
    void unknownOptionAndMissingFolderAreOneLine() throws Exception {
        assertThat(exitCode(footbridge("demo", "--quick"))).isEqualTo(2);
        assertThat(output()).isEqualTo("footbridge: demo does not know --quick\n");
        assertThat(exitCode(footbridge("demo", "--mappings", "nowhere"))).isEqualTo(2);
        assertThat(output()).isEqualTo("footbridge: --mappings: there is no folder nowhere\n");
    }

    @Test
    void runStartsTheGatewayAlone() throws Exception {
        environment.put("FOOTBRIDGE_JAVA_OPTS", "-Xmx64m");
        Process gateway = footbridge("run", "-Dfootbridge.mappings=a b");
        await().atMost(SOON).until(() -> !isFree("FOOTBRIDGE_MANAGEMENT_PORT"));

        assertThat(output())
                .contains("footbridge.mappings=a b\n")
                .contains("quarkus.http.port=" + environment.get("FOOTBRIDGE_HTTP_PORT"))
                .contains("heap=" + (64 << 20));
        gateway.toHandle().destroy();
        assertThat(exitCode(gateway)).isEqualTo(SIGTERM_EXIT);
    }

    private Process footbridge(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(root.resolve("footbridge").toString()));
        command.addAll(List.of(arguments));
        var builder =
                new ProcessBuilder(command)
                        .directory(temporary.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private void awaitReady() throws IOException {
        await().atMost(READY)
                .until(() -> output().contains("\nready") || !started.getLast().isAlive());
        assertThat(output()).contains("\nready");
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertThat(process.waitFor(READY.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static ProcessHandle gatewayOf(Process demo) {
        return demo.children().findFirst().orElseThrow();
    }

    private String output() throws IOException {
        return Files.readString(output, UTF_8);
    }

    private String gatewayLog() throws IOException {
        return Files.readString(root.resolve("target/demo/gateway.log"), UTF_8);
    }

    private String artemisPort() {
        return environment.getOrDefault("FOOTBRIDGE_DEMO_ARTEMIS_PORT", "");
    }

    private boolean isFree(String port) {
        return FreePort.isFree(Integer.parseInt(environment.getOrDefault(port, "")));
    }

    private void copy(String file) throws IOException {
        Path target = root.resolve(file);
        Files.createDirectories(target.getParent());
        Files.copy(Path.of(file), target, StandardCopyOption.COPY_ATTRIBUTES);
    }
}
