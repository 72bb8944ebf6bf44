package footbridge.bench;

import footbridge.testbed.BrokersProcess;
import footbridge.testbed.FreePort;
import footbridge.testbed.GatewayProcess;
import footbridge.testbed.ProgramProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Starts the servers that are measured, each in processes of its own, and ends them all.
final class Peers implements AutoCloseable {

    /// What each may be called on the command line.
    static final List<String> NAMES =
            List.of("bare", "footbridge", "artemis", "spring", "classic", "rabbitmq");

    private static final String ALL = "footbridge.bench.peers.";

    private static final String RULES =
            """
            defaults: { allow: [anonymous], create: auto }
            rules:
              - { destination: "/queue/bench.{name}", to: { jms: artemis, queue: "bench.{name}" } }
              - { destination: "/topic/bench{name}", to: { jms: artemis, topic: "bench{name}" } }
            """;

    private static final String KAFKA_RULES =
            """
              - { destination: "/topic/kafka{name}", to: { kafka: kafka, topic: "fan{name}" } }
              - destination: "/queue/share.{name}"
                to: { kafka: kafka, topic: "share{name}", share-group: "group{name}" }
            """;

    private final Path data;
    private final String peerClassPath;
    private final Deque<Runnable> endings = new ArrayDeque<>();
    private final BrokersProcess brokers;
    private final boolean kafka;

    /// @param peerClassPath with the peers and what they need; empty if there are none
    Peers(Path data, String peerClassPath, boolean kafka) {
        this.data = data;
        this.peerClassPath = peerClassPath;
        Path kept = data.resolve("brokers");
        brokers = kafka ? BrokersProcess.start(kept) : BrokersProcess.startArtemis(kept);
        endings.push(brokers::close);
        this.kafka = kafka;
    }

    /// The broker behind the gateway, for clients of its own.
    String artemisUrl() {
        return brokers.artemisUrl();
    }

    /// @throws NotHere if it cannot be measured on this machine
    Server start(String name) throws IOException, NotHere {
        return switch (name) {
            case "bare" -> bare();
            case "artemis" -> artemis(name);
            case "spring" -> spring();
            case "classic" -> classic();
            case "rabbitmq" -> rabbit();
            default -> throw new NotHere("there is no peer of this name");
        };
    }

    /// A peer that cannot be measured, and why.
    static final class NotHere extends Exception {
        private static final long serialVersionUID = 1L;

        NotHere(String why) {
            super(why);
        }
    }

    /// @param name of this build in the results
    Server footbridge(String name, Path jar) throws IOException {
        Path rules = Files.createDirectories(data.resolve("rules"));
        Files.writeString(rules.resolve("rules.yaml"), kafka ? RULES + KAFKA_RULES : RULES);
        GatewayProcess gateway =
                GatewayProcess.withMappings(rules)
                        .jar(jar)
                        .setting("footbridge.anonymous", "true")
                        .setting("footbridge.limits.connections-per-address", "0")
                        .settings(brokers.gatewaySettings())
                        .jvm(System.getProperty("bench.jvm", "-Xmx512m").split(" ", -1))
                        .start();
        endings.push(gateway::close);
        return new Server(
                name,
                gateway.webSocket(),
                "",
                "",
                brokers.artemisUrl(),
                List.of(gateway.pid(), brokers.pid()));
    }

    private Server bare() {
        int port = FreePort.find();
        long pid =
                program(
                        System.getProperty("java.class.path"),
                        BareResponder.class.getName(),
                        Integer.toString(port));
        return new Server("bare", uri(port, "/stomp"), "", "", "", List.of(pid));
    }

    private Server artemis(String name) throws NotHere {
        int port = FreePort.find();
        long pid = peer("ArtemisStomp", Integer.toString(port), data.resolve(name).toString());
        return new Server(
                name,
                uri(port, "/stomp"),
                "",
                "consumer-window-size:102400\n",
                "tcp://localhost:" + port,
                List.of(pid));
    }

    private Server spring() throws NotHere {
        Server broker = artemis("spring-broker");
        int port = FreePort.find();
        long pid =
                peer(
                        "SpringRelay",
                        Integer.toString(port),
                        Integer.toString(broker.webSocket().getPort()));
        return new Server(
                "spring",
                uri(port, "/stomp"),
                "",
                broker.prefetch(),
                broker.artemis(),
                List.of(pid, broker.processes().getFirst()));
    }

    private Server classic() throws NotHere {
        int port = FreePort.find();
        long pid =
                peer(
                        "ClassicWebSocket",
                        Integer.toString(port),
                        data.resolve("classic").toString());
        return new Server(
                "classic", uri(port, "/"), "", "activemq.prefetchSize:100\n", "", List.of(pid));
    }

    private Server rabbit() throws IOException, NotHere {
        RabbitMq rabbit = RabbitMq.start(data.resolve("rabbitmq"));
        endings.push(rabbit::close);
        return new Server(
                "rabbitmq",
                uri(rabbit.port(), "/ws"),
                "login:guest\npasscode:guest\n",
                "prefetch-count:100\n",
                "",
                List.of(rabbit.pid()));
    }

    private long peer(String main, String... arguments) throws NotHere {
        if (peerClassPath.isEmpty()) {
            throw new NotHere("only with the class path of the peers");
        }
        return program(peerClassPath, ALL + main, arguments);
    }

    private long program(String classPath, String main, String... arguments) {
        ProgramProcess program = ProgramProcess.start(classPath, main, arguments);
        endings.push(program::close);
        return program.pid();
    }

    private static URI uri(int port, String path) {
        return URI.create("ws://localhost:" + port + path);
    }

    @Override
    public void close() {
        endings.forEach(Runnable::run);
    }
}
