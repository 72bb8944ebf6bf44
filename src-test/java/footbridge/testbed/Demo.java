package footbridge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The program behind `footbridge demo`: runs Artemis and Kafka in this JVM and the gateway in a
/// process of its own, until it is told to end or one of them ends by itself.
///
/// Nothing outlives it: when it ends in good order it stops the others, and when it is killed the
/// gateway is killed with it. Its exit code is 1, after one line with the reason, when something
/// does not start or does not last, and 2 when it was called wrongly.
final class Demo {

    private static final Duration READY_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration SIGNAL_DELAY = Duration.ofSeconds(2);
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final DemoOptions options;
    private final PrintStream console;
    private final Brokers brokers;
    private @Nullable GatewayProcess gateway;
    private boolean stopping;

    private Demo(DemoOptions options, PrintStream console) {
        this.options = options;
        this.console = console;
        this.brokers =
                new Brokers(
                        OptionalInt.of(options.port(DemoOptions.ARTEMIS)),
                        OptionalInt.of(options.port(DemoOptions.KAFKA)),
                        options.data(),
                        this::fail);
    }

    public static void main(String[] args) throws Exception {
        PrintStream console = new PrintStream(System.out, true, UTF_8);
        try {
            DemoOptions options = DemoOptions.parse(Arrays.asList(args), System.getenv());
            new Demo(options, console).run();
        } catch (IllegalArgumentException e) {
            console.println("footbridge: " + e.getMessage());
            System.exit(MISUSED);
        }
    }

    private void run() throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-demo"));
        try {
            start();
            showAddresses();
            gateway().ifPresent(this::failWhenItEnds);
            Thread.currentThread().join();
        } catch (Brokers.CannotStart | StartFailure e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private void start() throws Exception {
        requireFreePorts();
        if (options.fresh()) {
            delete(options.data());
        }
        Files.createDirectories(options.data());
        sendLogsTo(options.data().resolve("brokers.log"));
        console.println("starting Artemis and Kafka ...");
        brokers.start();
        if (!options.brokersOnly()) {
            console.println("starting the gateway ...");
            launchGateway().awaitReady(READY_TIMEOUT);
        }
    }

    private void requireFreePorts() throws Brokers.CannotStart {
        for (Map.Entry<String, Integer> port : options.ports().entrySet()) {
            if (!FreePort.isFree(port.getValue())) {
                throw new Brokers.CannotStart(
                        "port %d is in use: end the program that uses it, or set %s to another port"
                                .formatted(port.getValue(), port.getKey()));
            }
        }
    }

    /// The brokers log what only matters when they do not start.
    private static void sendLogsTo(Path file) throws IOException {
        PrintStream log = new PrintStream(Files.newOutputStream(file), true, UTF_8);
        System.setOut(log);
        System.setErr(log);
        BrokerLog.toStandardError();
    }

    private synchronized GatewayProcess launchGateway() throws IOException {
        Path log = options.data().resolve("gateway.log");
        Files.deleteIfExists(log);
        gateway =
                GatewayProcess.withMappings(options.mappings())
                        .jar(options.root().resolve("target/quarkus-app/quarkus-run.jar"))
                        .log(log)
                        .ports(
                                options.port(DemoOptions.HTTP),
                                options.port(DemoOptions.TCP),
                                options.port(DemoOptions.MANAGEMENT))
                        .settings(gatewaySettings())
                        .jvm(options.javaOptions().toArray(String[]::new))
                        .launch();
        return gateway;
    }

    private Map<String, String> gatewaySettings() {
        return Map.ofEntries(
                Map.entry("footbridge.jms.artemis.url", artemisUrl()),
                Map.entry("footbridge.kafka.kafka.bootstrap-servers", kafkaServers()),
                Map.entry("footbridge.anonymous", "true"),
                Map.entry("footbridge.page", "true"),
                Map.entry("footbridge.console.role", "demo"),
                Map.entry("quarkus.http.host", "localhost"),
                Map.entry("quarkus.management.host", "localhost"),
                Map.entry("footbridge.tcp.host", "localhost"),
                Map.entry("quarkus.security.users.embedded.plain-text", "true"),
                Map.entry("quarkus.security.users.embedded.users.guest", "guest"),
                Map.entry("quarkus.security.users.embedded.roles.guest", "demo"));
    }

    private String artemisUrl() {
        return "tcp://localhost:" + options.port(DemoOptions.ARTEMIS);
    }

    private String kafkaServers() {
        return "localhost:" + options.port(DemoOptions.KAFKA);
    }

    private void showAddresses() {
        if (!options.brokersOnly()) {
            String http = "localhost:" + options.port(DemoOptions.HTTP);
            String management = "http://localhost:" + options.port(DemoOptions.MANAGEMENT);
            console.println();
            show("page", "http://" + http + "/");
            show("STOMP over WebSocket", "ws://" + http + "/stomp");
            show("STOMP over TCP", "localhost:" + options.port(DemoOptions.TCP));
            show("health, metrics", management + "/q/health " + management + "/q/metrics");
            show("console", management + "/console/ (user guest, passcode guest)");
            show("who may connect", "everybody; or user guest with passcode guest");
            show("rules", options.mappings().toString());
        }
        show("Artemis", artemisUrl());
        show("Kafka", kafkaServers());
        show("logs and data", options.data().toString());
        console.println();
        console.println("ready (Ctrl-C stops all of it)");
    }

    private void show(String what, String where) {
        console.printf("  %-22s %s%n", what, where);
    }

    /// Ctrl-C reaches the gateway as well and may end it first; that is no failure.
    private void failWhenItEnds(GatewayProcess running) {
        OptionalInt code = OptionalInt.empty();
        while (code.isEmpty()) {
            code = running.awaitExit(Duration.ofDays(1));
        }
        awaitStopping();
        fail(
                "the gateway ended with exit code %d, see %s"
                        .formatted(code.getAsInt(), options.data().resolve("gateway.log")));
    }

    private synchronized void awaitStopping() {
        long deadline = System.nanoTime() + SIGNAL_DELAY.toNanos();
        try {
            while (!stopping && System.nanoTime() < deadline) {
                wait(SIGNAL_DELAY.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(String why) {
        synchronized (this) {
            if (!stopping) {
                console.println("footbridge: " + why);
            }
        }
        System.exit(FAILED);
    }

    private void stop() {
        synchronized (this) {
            stopping = true;
            notifyAll();
        }
        gateway().ifPresent(running -> running.terminate(STOP_TIMEOUT));
        brokers.close();
    }

    private synchronized Optional<GatewayProcess> gateway() {
        return Optional.ofNullable(gateway);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.delete(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path visited, @Nullable IOException failure) throws IOException {
                        Files.delete(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
