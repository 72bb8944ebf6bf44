package footbridge.testbed;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.internals.Exit;
import org.apache.kafka.metadata.storage.Formatter;

/// A real Kafka in this process: one node, broker and controller in one, its data in one folder.
///
/// Topics are not created on first use. The internal topics have few partitions and one replica,
/// groups balance at once, and the buffers are small: it lives in 256 MB of heap. Share groups are
/// on. It listens on 127.0.0.1 only, without passwords.
///
/// Kafka answers a fatal fault by halting the JVM. A started broker replaces that, for the whole
/// JVM, by telling `onFatalFault` and throwing in the thread that found the fault; so two brokers
/// in one JVM share the last one's `onFatalFault`.
///
/// Confined to one thread.
public final class KafkaBroker implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(KafkaBroker.class.getName());
    private static final String NODE = "1";

    private final Path folder;
    private final int port;
    private final int controllerPort;
    private final Map<String, String> settings;
    private final Consumer<String> onFatalFault;
    private final String cluster;
    private Optional<KafkaRaftServer> server = Optional.empty();

    /// @param folder where the data lives; made when absent, continued from when not empty
    /// @param port where clients connect
    /// @param controllerPort where the broker talks with its own controller
    /// @param settings further broker settings, which win over the ones made here
    /// @param onFatalFault told what Kafka would have halted the JVM for, on Kafka's thread
    public KafkaBroker(
            Path folder,
            int port,
            int controllerPort,
            Map<String, String> settings,
            Consumer<String> onFatalFault) {
        this(folder, port, controllerPort, settings, onFatalFault, Uuid.randomUuid().toString());
    }

    /// @param cluster the id that the nodes of a cluster share
    KafkaBroker(
            Path folder,
            int port,
            int controllerPort,
            Map<String, String> settings,
            Consumer<String> onFatalFault,
            String cluster) {
        this.cluster = cluster;
        this.folder = folder;
        this.port = port;
        this.controllerPort = controllerPort;
        this.settings = Map.copyOf(settings);
        this.onFatalFault = onFatalFault;
    }

    /// A broker on free ports which logs fatal faults; not started.
    public static KafkaBroker onFreePorts(Path folder) {
        return onFreePorts(folder, Map.of());
    }

    /// A broker on free ports which logs fatal faults; not started.
    ///
    /// @param settings further broker settings, which win over the ones made here
    public static KafkaBroker onFreePorts(Path folder, Map<String, String> settings) {
        try (ServerSocket first = new ServerSocket(0);
                ServerSocket second = new ServerSocket(0)) {
            return new KafkaBroker(
                    folder,
                    first.getLocalPort(),
                    second.getLocalPort(),
                    settings,
                    why -> LOG.log(System.Logger.Level.ERROR, "Kafka failed reason={0}", why));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /// Starts the broker, or starts it again on the same port and data, and returns when it takes
    /// connections.
    ///
    /// @throws RuntimeException if it does not start, for example because a port is taken
    public KafkaBroker start() {
        if (server.isPresent()) {
            throw new IllegalStateException("Kafka is running already on port " + port);
        }
        guardTheProcess();
        format();
        KafkaRaftServer starting =
                new KafkaRaftServer(KafkaConfig.fromProps(properties()), Time.SYSTEM);
        try {
            starting.startup();
        } catch (RuntimeException | Error e) {
            starting.shutdown();
            throw e;
        }
        server = Optional.of(starting);
        return this;
    }

    /// Stops the broker, if it runs, and keeps its data: clients find nobody on its port.
    public void stop() {
        server.ifPresent(running -> {
            running.shutdown();
            running.awaitShutdown();
        });
        server = Optional.empty();
    }

    @Override
    public void close() {
        stop();
    }

    private void guardTheProcess() {
        Exit.Procedure fault =
                (status, message) -> {
                    String why = "status=%d message=%s".formatted(status, message);
                    onFatalFault.accept(why);
                    throw new IllegalStateException("Kafka wanted to end the process: " + why);
                };
        Exit.setHaltProcedure(fault);
        Exit.setExitProcedure(fault);
    }

    private void format() {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(folder);
            new Formatter()
                    .setNodeId(Integer.parseInt(settings.getOrDefault("node.id", NODE)))
                    .setClusterId(cluster)
                    .addDirectory(folder.toString())
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(folder.toString())
                    .setPrintStream(
                            new PrintStream(
                                    OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("Kafka's folder " + folder + " was not formatted", e);
        }
    }

    private Properties properties() {
        Properties p = new Properties();
        p.putAll(node());
        p.putAll(internalTopics());
        p.putAll(fastGroups());
        p.putAll(smallFootprint());
        p.putAll(settings);
        return p;
    }

    private Map<String, String> node() {
        return Map.of(
                "process.roles", "broker,controller",
                "node.id", NODE,
                "log.dirs", folder.toString(),
                "listeners",
                        "CLIENTS://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                                .formatted(port, controllerPort),
                "listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name", "CLIENTS",
                "controller.listener.names", "CONTROLLER",
                "controller.quorum.voters", "%s@127.0.0.1:%d".formatted(NODE, controllerPort),
                "auto.create.topics.enable", "false",
                "server.max.startup.time.ms", "120000");
    }

    private static Map<String, String> internalTopics() {
        return Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", "4",
                "errors.deadletterqueue.auto.create.topics.enable", "true");
    }

    private static Map<String, String> fastGroups() {
        return Map.of(
                "group.initial.rebalance.delay.ms", "0",
                "group.consumer.min.heartbeat.interval.ms", "500",
                "group.consumer.heartbeat.interval.ms", "500",
                "group.share.min.heartbeat.interval.ms", "500",
                "group.share.heartbeat.interval.ms", "500",
                "group.share.min.record.lock.duration.ms", "1000");
    }

    private static Map<String, String> smallFootprint() {
        return Map.of(
                "num.network.threads", "1",
                "num.io.threads", "2",
                "background.threads", "2",
                "log.cleaner.dedupe.buffer.size", "2097152",
                "log.index.size.max.bytes", "1048576",
                "offsets.load.buffer.size", "1048576",
                "transaction.state.log.load.buffer.size", "1048576",
                "share.coordinator.load.buffer.size", "1048576");
    }
}
