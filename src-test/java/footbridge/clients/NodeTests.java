package footbridge.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Runs the JavaScript tests of `src-test/resources/clients` with node, against a gateway that the
/// caller has started and names in the environment: `FOOTBRIDGE_WS`, `FOOTBRIDGE_PAGE`.
public final class NodeTests {

    private static final Path SOURCES = Path.of("src-test", "resources", "clients");
    private static final Path WORKPLACE = Path.of("target", "clients");
    private static final Path INSTALLED = WORKPLACE.resolve("installed-lock.json");
    private static final Path VERSION_LOG = WORKPLACE.resolve("version.log");
    private static final int OLDEST_NODE = 20;
    private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration INSTALL_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration TEST_TIMEOUT = Duration.ofMinutes(5);

    private NodeTests() {}

    /// Whether node and npm are here, and young enough.
    public static boolean available() {
        return missingTool().isEmpty();
    }

    /// Whether the browser that `page.test.mjs` drives is here.
    public static boolean browserAvailable() {
        return Files.isExecutable(browser());
    }

    /// Runs one test file and returns what it printed. Without node (or, for the page, without a
    /// browser) the calling test is skipped with the reason; under `CI=true` it fails.
    ///
    /// @param file name of a file in `src-test/resources/clients`, such as `stompjs7.test.mjs`
    /// @throws AssertionError with the output if a test in it failed or took too long
    public static String run(String file, Map<String, String> environment)
            throws InterruptedException {
        missingTool().ifPresent(NodeTests::giveUp);
        if (file.startsWith("page.") && !browserAvailable()) {
            giveUp(
                    "%s is not there: install Chromium or set FOOTBRIDGE_CHROMIUM"
                            .formatted(browser()));
        }
        try {
            install();
            var command = List.of("node", "--test", "--test-reporter=spec", file);
            return succeed(command, environment, WORKPLACE.resolve(file + ".log"), TEST_TIMEOUT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path browser() {
        return Path.of(System.getenv().getOrDefault("FOOTBRIDGE_CHROMIUM", "/usr/bin/chromium"));
    }

    private static void giveUp(String reason) {
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(reason);
        }
        Assumptions.abort(reason);
    }

    private static Optional<String> missingTool() {
        var wanted = "the JavaScript client tests need node %d or newer and npm on the PATH: ";
        try {
            Files.createDirectories(WORKPLACE);
            var version = version("node");
            version("npm");
            var major = Integer.parseInt(version.replaceFirst("^v(\\d+).*", "$1"));
            return major >= OLDEST_NODE
                    ? Optional.empty()
                    : Optional.of(wanted.formatted(OLDEST_NODE) + "node is " + version);
        } catch (IOException | AssertionError e) {
            return Optional.of(wanted.formatted(OLDEST_NODE) + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted while looking for node");
        }
    }

    private static String version(String tool) throws IOException, InterruptedException {
        var command = List.of(tool, "--version");
        return succeed(command, Map.of(), VERSION_LOG, VERSION_TIMEOUT).strip();
    }

    /// Copies the tests and installs their libraries, unless the same ones are installed already.
    private static synchronized void install() throws IOException, InterruptedException {
        Files.createDirectories(WORKPLACE);
        try (var files = Files.list(SOURCES)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        file,
                        WORKPLACE.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        var lock = WORKPLACE.resolve("package-lock.json");
        if (Files.exists(INSTALLED) && Files.mismatch(lock, INSTALLED) < 0) {
            return;
        }
        // stomp.js 2 names a native WebSocket as optional; the tests hand it one of their own.
        var command =
                List.of(
                        "npm",
                        "ci",
                        "--omit=optional",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund");
        succeed(command, Map.of(), WORKPLACE.resolve("npm.log"), INSTALL_TIMEOUT);
        Files.copy(lock, INSTALLED, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Runs `command` in the workplace and returns its output, which also stays in `log`.
    private static String succeed(
            List<String> command, Map<String, String> environment, Path log, Duration timeout)
            throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(command)
                        .directory(WORKPLACE.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            var ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
            var output = Files.readString(log);
            var said = String.join(" ", command);
            if (!ended) {
                throw new AssertionError(
                        "%s did not end within %s:%n%s".formatted(said, timeout, output));
            }
            if (process.exitValue() != 0) {
                throw new AssertionError("%s failed:%n%s".formatted(said, output));
            }
            return output;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
