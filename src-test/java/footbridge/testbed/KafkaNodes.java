package footbridge.testbed;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/// A real Kafka of three nodes, each a process of its own, to be killed and started again; they end
/// with the test's JVM.
public final class KafkaNodes implements AutoCloseable {

    public static final int COUNT = 3;

    /// Somebody may take a port before its node does.
    private static final int ATTEMPTS = 3;

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    private final Path data;
    private final String cluster = Uuid.randomUuid().toString();
    private final List<Integer> ports = freePorts(COUNT);
    private final List<Integer> controllers = freePorts(COUNT);
    private final List<TetheredProcess> nodes = new ArrayList<>();

    private KafkaNodes(Path data) {
        this.data = data;
        IntStream.rangeClosed(1, COUNT).forEach(node -> nodes.add(launch(node)));
    }

    /// @param data where the nodes keep what they are given
    public static KafkaNodes start(Path data) {
        for (int attempt = 1; true; attempt++) {
            KafkaNodes starting = new KafkaNodes(data.resolve("attempt-" + attempt));
            try {
                starting.nodes.forEach(KafkaNodes::awaitReady);
                return starting;
            } catch (StartFailure e) {
                starting.close();
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    public String bootstrapServers() {
        return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /// What a gateway has to be told to use them as `kafka`.
    public Map<String, String> gatewaySettings() {
        return Map.of("footbridge.kafka.kafka.bootstrap-servers", bootstrapServers());
    }

    /// Ends a node without asking it (SIGKILL).
    ///
    /// @param node from 1
    public void kill(int node) {
        nodes.get(node - 1).kill();
    }

    /// Starts a node that was killed, on the same ports and data, and returns when it is ready.
    public void restart(int node) {
        nodes.set(node - 1, launch(node));
        awaitReady(nodes.get(node - 1));
    }

    @Override
    public void close() {
        nodes.forEach(TetheredProcess::kill);
    }

    private static List<Integer> freePorts(int count) {
        return Stream.generate(FreePort::find).distinct().limit(count).toList();
    }

    private TetheredProcess launch(int node) {
        List<String> command = new ArrayList<>(List.of(TetheredProcess.java(), "-Xmx320m"));
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(TetheredProcess.NETTY_OPTIONS);
        command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(KafkaNode.class.getName(), Integer.toString(node), cluster));
        command.add(data.resolve("node-" + node).toString());
        Stream.concat(ports.stream(), controllers.stream())
                .forEach(port -> command.add(Integer.toString(port)));
        return TetheredProcess.start(command, TetheredProcess.newLog("target/broker-logs"));
    }

    private static void awaitReady(TetheredProcess node) {
        await().pollInterval(Duration.ofMillis(50))
                .atMost(START_TIMEOUT)
                .until(() -> node.log().contains("node ready") || !node.isAlive());
        if (!node.isAlive()) {
            throw new StartFailure("a node does not start", node.logTail());
        }
    }
}
