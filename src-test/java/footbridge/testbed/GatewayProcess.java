package footbridge.testbed;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.awaitility.core.ConditionTimeoutException;

/// The packaged gateway as a process of its own, on free ports; it ends with the test's JVM.
///
/// The gateway is `target/quarkus-app/quarkus-run.jar`, or what the system property
/// `footbridge.jar` names: another jar, or a native executable. Logs lie in `target/gateway-logs/`.
public final class GatewayProcess implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    private static final int POLL_TIMEOUT_MS = 2_000;
    private static final int ATTEMPTS = 3;

    private final Ports ports;
    private final TetheredProcess process;

    private record Ports(int http, int tcp, int management) {

        static Ports free() {
            return new Ports(FreePort.find(), FreePort.find(), FreePort.find());
        }

        Map<String, String> settings() {
            return Map.of(
                    "quarkus.http.port", Integer.toString(http),
                    "footbridge.tcp.port", Integer.toString(tcp),
                    "quarkus.management.port", Integer.toString(management));
        }
    }

    private GatewayProcess(Ports ports, TetheredProcess process) {
        this.ports = ports;
        this.process = process;
    }

    /// A gateway with the rule files of `mappings`, to be completed and started.
    public static Recipe withMappings(Path mappings) {
        return new Recipe().setting("footbridge.mappings", mappings.toString());
    }

    /// How to start a gateway; may be used for several.
    public static final class Recipe {

        private final Map<String, String> settings = new LinkedHashMap<>();
        private final List<String> jvmOptions = new ArrayList<>(TetheredProcess.NETTY_OPTIONS);

        private Path jar =
                Path.of(System.getProperty("footbridge.jar", "target/quarkus-app/quarkus-run.jar"));

        private Optional<Ports> ports = Optional.empty();
        private Optional<Path> log = Optional.empty();

        private Recipe() {}

        public Recipe jar(Path other) {
            jar = other;
            return this;
        }

        /// Fixes what is free ports otherwise.
        public Recipe ports(int http, int tcp, int management) {
            ports = Optional.of(new Ports(http, tcp, management));
            return this;
        }

        public Recipe log(Path file) {
            log = Optional.of(file);
            return this;
        }

        public Recipe setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        public Recipe settings(Map<String, String> more) {
            settings.putAll(more);
            return this;
        }

        /// @param options for example `-Xmx256m`
        public Recipe jvm(String... options) {
            jvmOptions.addAll(List.of(options));
            return this;
        }

        /// Starts the gateway and returns when it is ready.
        ///
        /// @throws StartFailure with the end of its log if it ends or does not get ready
        public GatewayProcess start() {
            for (int attempt = 1; true; attempt++) {
                GatewayProcess gateway = launch();
                try {
                    gateway.awaitReady(START_TIMEOUT);
                    return gateway;
                } catch (StartFailure e) {
                    gateway.close();
                    if (attempt == ATTEMPTS || ports.isPresent() || !e.portTaken()) {
                        throw e;
                    }
                }
            }
        }

        /// Starts the gateway and returns at once, for tests of what happens before it is ready or
        /// instead of that.
        public GatewayProcess launch() {
            Ports chosen = ports.orElseGet(Ports::free);
            Path file = log.orElseGet(() -> TetheredProcess.newLog("target/gateway-logs"));
            return new GatewayProcess(chosen, TetheredProcess.start(command(chosen), file));
        }

        private List<String> command(Ports chosen) {
            Map<String, String> all = new LinkedHashMap<>(chosen.settings());
            all.putAll(settings);
            List<String> options =
                    all.entrySet().stream()
                            .map(each -> "-D" + each.getKey() + "=" + each.getValue())
                            .toList();
            return jar.toString().endsWith(".jar") ? onJvm(options) : nativeOne(options);
        }

        private List<String> onJvm(List<String> options) {
            List<String> command = new ArrayList<>(List.of(TetheredProcess.java()));
            command.addAll(jvmOptions);
            command.addAll(options);
            command.addAll(List.of("-jar", jar.toString()));
            return command;
        }

        /// Of a JVM's options it knows those for the heap.
        private List<String> nativeOne(List<String> options) {
            List<String> command = new ArrayList<>(List.of(jar.toString()));
            jvmOptions.stream().filter(each -> each.startsWith("-Xm")).forEach(command::add);
            command.addAll(options);
            return command;
        }
    }

    /// Waits until health says ready.
    ///
    /// @throws StartFailure with the end of the log if the gateway ends or takes longer
    public void awaitReady(Duration timeout) {
        try {
            await().pollInterval(POLL_INTERVAL)
                    .atMost(timeout)
                    .until(() -> isReady() || !process.isAlive());
        } catch (ConditionTimeoutException _) {
            throw new StartFailure("gateway is not ready after " + timeout, process.logTail());
        }
        if (!process.isAlive()) {
            throw new StartFailure(
                    "gateway ended with exit code " + process.exitCode().orElseThrow(),
                    process.logTail());
        }
    }

    /// Whether `/q/health/ready` answers 200.
    public boolean isReady() {
        try {
            URI ready = URI.create("http://localhost:" + ports.management + "/q/health/ready");
            var connection = (HttpURLConnection) ready.toURL().openConnection();
            connection.setConnectTimeout(POLL_TIMEOUT_MS);
            connection.setReadTimeout(POLL_TIMEOUT_MS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    public int httpPort() {
        return ports.http;
    }

    public int tcpPort() {
        return ports.tcp;
    }

    public int managementPort() {
        return ports.management;
    }

    /// The address for STOMP over WebSocket.
    public URI webSocket() {
        return URI.create("ws://localhost:" + ports.http + "/stomp");
    }

    /// The address for STOMP over SockJS.
    public URI sockJs() {
        return URI.create("http://localhost:" + ports.http + "/sockjs");
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// Everything that the gateway has logged so far.
    public String log() {
        return process.log();
    }

    /// Ends the gateway without asking it (SIGKILL).
    public void kill() {
        process.kill();
    }

    /// Asks the gateway to end (SIGTERM), and kills it when it does not in time.
    ///
    /// @return the exit code; empty if it had to be killed
    public OptionalInt terminate(Duration timeout) {
        return process.terminate(timeout);
    }

    /// Waits for the gateway to end by itself.
    ///
    /// @return the exit code; empty if it still runs
    public OptionalInt awaitExit(Duration timeout) {
        return process.endsWithin(timeout) ? process.exitCode() : OptionalInt.empty();
    }

    @Override
    public void close() {
        process.terminate(STOP_TIMEOUT);
    }
}
