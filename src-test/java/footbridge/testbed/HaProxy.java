package footbridge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// HAProxy, as Debian packages it, in front of gateways, by `deploy/haproxy.cfg`.
public final class HaProxy implements AutoCloseable {

    private static final Path COMMAND = Path.of("/usr/sbin/haproxy");
    private static final Path CONFIGURATION = Path.of("deploy", "haproxy.cfg");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final int port;
    private final int statistics;
    private final TetheredProcess process;

    private HaProxy(int port, int statistics, TetheredProcess process) {
        this.port = port;
        this.statistics = statistics;
        this.process = process;
    }

    public static boolean isInstalled() {
        return Files.isExecutable(COMMAND);
    }

    /// The example configuration with these gateways in place of its own.
    public static HaProxy start(Path folder, List<GatewayProcess> gateways) throws IOException {
        int port = FreePort.find();
        int statistics = FreePort.find();
        Path file = folder.resolve("haproxy.cfg");
        Files.writeString(file, configuration(port, statistics, gateways));
        List<String> command = List.of(COMMAND.toString(), "-db", "-f", file.toString());
        return new HaProxy(
                port,
                statistics,
                TetheredProcess.start(command, TetheredProcess.newLog("target/haproxy-logs")));
    }

    private static String configuration(int port, int statistics, List<GatewayProcess> gateways)
            throws IOException {
        var servers = new StringBuilder();
        for (int i = 0; i < gateways.size(); i++) {
            GatewayProcess gateway = gateways.get(i);
            servers.append(
                    "  server footbridge-%d 127.0.0.1:%d check port %d cookie r%d%n"
                            .formatted(i, gateway.httpPort(), gateway.managementPort(), i));
        }
        return Files.readString(CONFIGURATION)
                .replaceAll("(?m)^  server .*\\R", "")
                .replaceFirst("(?m)^  # replicas$", servers.toString())
                .replaceFirst("maxconn 50000", "maxconn 8000")
                .replaceFirst("bind :8404", "bind 127.0.0.1:" + statistics)
                .replaceFirst("bind :80\\b", "bind 127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    /// Returns when HAProxy finds so many gateways ready.
    public void awaitReady(int gateways) {
        await().atMost(TIMEOUT).until(() -> up() == gateways);
    }

    private long up() {
        if (!process.isAlive()) {
            throw new StartFailure("HAProxy ended", process.logTail());
        }
        try (var in =
                URI.create("http://localhost:%d/statistics;csv".formatted(statistics))
                        .toURL()
                        .openStream()) {
            String table = new String(in.readAllBytes(), UTF_8);
            return Stream.of(table.split("\n", -1))
                    .filter(line -> line.matches("[^,]*,footbridge-\\d+,.*,UP,.*"))
                    .count();
        } catch (IOException notYet) {
            return 0;
        }
    }

    @Override
    public void close() {
        process.kill();
    }
}
