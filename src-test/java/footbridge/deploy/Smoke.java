package footbridge.deploy;

import static org.awaitility.Awaitility.await;

import footbridge.testbed.BrokersProcess;
import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The program behind `deploy/smoke`: a container in front of real brokers carries a message over
/// JMS and, with each codec, over Kafka, and ends in good order. The exit code is 1 when it does
/// not.
final class Smoke {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> CODECS = List.of("none", "gzip", "snappy", "lz4", "zstd");
    private static final int SIGTERM_EXIT = 128 + 15;

    private final PrintStream out;
    private final Container container;

    private Smoke(PrintStream out, Container container) {
        this.out = out;
        this.container = container;
    }

    /// @param args the image, then the words of the podman command
    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "smoke"));
        Path rules = rules(folder);
        List<String> podman = Arrays.asList(args).subList(1, args.length);
        try (BrokersProcess brokers = BrokersProcess.start(Files.createTempDirectory("smoke"));
                Container container = new Container(podman, args[0], rules)) {
            brokers.gatewaySettings().forEach(container::setting);
            container.setting("footbridge.anonymous", true);
            CODECS.forEach(codec ->
                    container.setting(
                            "footbridge.kafka.kafka.producers." + codec + ".compression", codec));
            new Smoke(System.out, container).run(args[0].endsWith(":jvm"));
        } catch (AssertionError | RuntimeException e) {
            System.err.println("smoke: FAILED: " + e);
            System.exit(1);
        }
    }

    private static Path rules(Path folder) throws Exception {
        Path rules = Files.createDirectories(folder.resolve("rules"));
        var text =
                new StringBuilder(
                        """
                        defaults: { allow: [anonymous], create: auto }
                        rules:
                          - destination: /queue/smoke
                            to: { jms: artemis, queue: smoke }
                        """);
        for (String codec : CODECS) {
            text.append("  - destination: /topic/").append(codec).append('\n');
            text.append(
                    "    to: { kafka: kafka, topic: %s, producer: %s }\n".formatted(codec, codec));
        }
        Files.writeString(rules.resolve("rules.yaml"), text);
        return rules;
    }

    private void run(boolean jvm) throws Exception {
        List<String> destinations = new ArrayList<>(List.of("/queue/smoke"));
        CODECS.forEach(codec -> destinations.add("/topic/" + codec));
        out.printf("smoke: image of %d MB%n", container.imageSize());
        if (jvm) {
            // With `on` the JVM does not start when the cache is not one for it.
            container.variable("JDK_JAVA_OPTIONS", "-XX:AOTMode=on");
        }
        start("");
        for (String destination : destinations) {
            roundTrip(destination);
        }
        stop();
        if (jvm) {
            container.variable("JDK_JAVA_OPTIONS", "-XX:AOTMode=off");
            start(" without its AOT cache");
            stop();
        }
        out.println("smoke: passed");
    }

    private void start(String how) {
        long began = System.nanoTime();
        container.start();
        await().pollInterval(Duration.ofMillis(10)).atMost(PATIENCE).until(container::isReady);
        long took = Duration.ofNanos(System.nanoTime() - began).toMillis();
        out.printf("smoke: ready%s after %d ms, with podman's part%n", how, took);
    }

    /// What is sent comes back as it was.
    private void roundTrip(String destination) throws Exception {
        String body = "smoke ".repeat(500);
        try (StompClient client = StompClient.webSocket(container.webSocket(), "v12.stomp")) {
            client.send("CONNECT", Map.of("accept-version", "1.2", "host", "localhost"), "");
            client.expect("CONNECTED", PATIENCE);
            client.send(
                    "SUBSCRIBE",
                    Map.of("id", "0", "destination", destination, "receipt", "subscribed"),
                    "");
            client.expect("RECEIPT", PATIENCE);
            client.send("SEND", Map.of("destination", destination, "receipt", "sent"), body);
            List<StompFrame> both =
                    List.of(
                            client.next(PATIENCE).orElseThrow(),
                            client.next(PATIENCE).orElseThrow());
            if (both.stream().noneMatch(frame -> frame.command().equals("RECEIPT"))
                    || both.stream().noneMatch(frame -> frame.text().equals(body))) {
                throw new AssertionError(destination + ": " + both);
            }
        }
        out.println("smoke: crossed " + destination);
    }

    private void stop() {
        int code = container.stop();
        if (code != SIGTERM_EXIT) {
            throw new AssertionError(
                    "exit code %d after SIGTERM:%n%s".formatted(code, container.log()));
        }
    }
}
