package footbridge.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import footbridge.testbed.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A container of the gateway, as closed as it is meant to run: a read-only root, no capabilities,
/// no new rights, nobody's account, and a `/tmp` in memory from which nothing can be executed,
/// where the image needs no more.
final class Container implements AutoCloseable {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final int POLL_TIMEOUT_MS = 2_000;

    private final List<String> podman;
    private final String image;
    private final Path rules;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final String name = "footbridge-smoke-" + ProcessHandle.current().pid();
    private final int httpPort = FreePort.find();
    private final int managementPort = FreePort.find();

    /// @param podman the command with its global options
    Container(List<String> podman, String image, Path rules) {
        this.podman = podman;
        this.image = image;
        this.rules = rules;
        setting("quarkus.http.port", httpPort);
        setting("quarkus.management.port", managementPort);
        setting("footbridge.tcp.port", FreePort.find());
    }

    void setting(String name, Object value) {
        environment.put(
                name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT), value.toString());
    }

    void variable(String name, String value) {
        environment.put(name, value);
    }

    /// Runs it, in place of the one before.
    void start() {
        remove();
        List<String> command =
                new ArrayList<>(List.of("run", "--detach", "--name", name, "--network", "host"));
        command.addAll(List.of("--read-only", "--cap-drop", "all", "--user", "65532:65532"));
        command.addAll(List.of("--security-opt", "no-new-privileges"));
        // A native executable unpacks the libraries of codecs there.
        String exec = image.endsWith(":native") ? "exec" : "noexec";
        command.addAll(List.of("--tmpfs", "/tmp:rw," + exec + ",nosuid,nodev,size=16m"));
        command.addAll(List.of("--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096"));
        command.addAll(List.of("--volume", rules.toAbsolutePath() + ":/etc/footbridge/rules:ro"));
        environment.forEach((key, value) -> command.addAll(List.of("--env", key + "=" + value)));
        command.add(image);
        podman(command.toArray(String[]::new));
    }

    /// Whether health says ready.
    ///
    /// @throws AssertionError with its log when the container has ended
    boolean isReady() {
        try {
            URI ready = URI.create("http://localhost:" + managementPort + "/q/health/ready");
            var connection = (HttpURLConnection) ready.toURL().openConnection();
            connection.setConnectTimeout(POLL_TIMEOUT_MS);
            connection.setReadTimeout(POLL_TIMEOUT_MS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            if (inspect("{{.State.Running}}").equals("false")) {
                throw new AssertionError("the container ended:\n" + log());
            }
            return false;
        }
    }

    URI webSocket() {
        return URI.create("ws://localhost:" + httpPort + "/stomp");
    }

    /// Sends SIGTERM, and SIGKILL when that does not end it in time.
    ///
    /// @return the exit code
    int stop() {
        podman("stop", "--time", Long.toString(STOP_TIMEOUT.toSeconds()), name);
        return Integer.parseInt(inspect("{{.State.ExitCode}}"));
    }

    String log() {
        return podman("logs", name);
    }

    /// Of the image, in MB as podman counts them.
    long imageSize() {
        return Long.parseLong(podman("image", "inspect", "--format", "{{.Size}}", image))
                / 1_000_000;
    }

    private String inspect(String what) {
        return podman("container", "inspect", "--format", what, name);
    }

    private void remove() {
        podman("rm", "--force", "--ignore", name);
    }

    /// @return what it printed
    /// @throws AssertionError with what it printed when it failed
    private String podman(String... arguments) {
        List<String> command = new ArrayList<>(podman);
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + "\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while podman works", e);
        }
    }

    @Override
    public void close() {
        remove();
    }
}
