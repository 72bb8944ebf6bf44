package footbridge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One of several nodes of a real Kafka, as a program: broker and controller in one. Everything is
/// kept by all nodes and confirmed by two. It runs until it is killed and prints `node ready`.
final class KafkaNode {

    private static final int FAILED = 1;

    private KafkaNode() {}

    /// @param args the number of this node from 1, the id of the cluster, a folder, and the ports
    ///   of all nodes: first those for clients, then those of the controllers
    public static void main(String[] args) throws InterruptedException {
        PrintStream console = new PrintStream(System.out, true, UTF_8);
        System.setOut(System.err);
        BrokerLog.toStandardError();
        int node = Integer.parseInt(args[0]);
        List<Integer> ports = List.of(args).stream().skip(3).map(Integer::valueOf).toList();
        int nodes = ports.size() / 2;
        try {
            var _ =
                    new KafkaBroker(
                                    Path.of(args[2]),
                                    ports.get(node - 1),
                                    ports.get(nodes + node - 1),
                                    settings(node, ports.subList(nodes, 2 * nodes)),
                                    why -> Runtime.getRuntime().halt(FAILED),
                                    args[1])
                            .start();
            console.println("node ready");
        } catch (RuntimeException e) {
            e.printStackTrace();
            System.exit(FAILED);
        }
        Thread.currentThread().join();
    }

    private static Map<String, String> settings(int node, List<Integer> controllers) {
        String all = Integer.toString(controllers.size());
        String most = Integer.toString(controllers.size() - 1);
        Map<String, String> settings = new HashMap<>();
        settings.put("node.id", Integer.toString(node));
        settings.put(
                "controller.quorum.voters",
                IntStream.range(0, controllers.size())
                        .mapToObj(i -> "%d@127.0.0.1:%d".formatted(i + 1, controllers.get(i)))
                        .collect(Collectors.joining(",")));
        settings.put("default.replication.factor", all);
        settings.put("min.insync.replicas", most);
        settings.put("offsets.topic.replication.factor", all);
        settings.put("transaction.state.log.replication.factor", all);
        settings.put("transaction.state.log.min.isr", most);
        settings.put("share.coordinator.state.topic.replication.factor", all);
        settings.put("share.coordinator.state.topic.min.isr", most);
        settings.putAll(hasty());
        return settings;
    }

    /// A node that died, or a member whose gateway did, is noticed after three seconds.
    private static Map<String, String> hasty() {
        return Map.of(
                "broker.session.timeout.ms", "3000",
                "broker.heartbeat.interval.ms", "500",
                "group.min.session.timeout.ms", "1000",
                "group.share.session.timeout.ms", "3000",
                "group.share.min.session.timeout.ms", "1000",
                "group.share.record.lock.duration.ms", "5000",
                "group.share.delivery.count.limit", "10");
    }
}
