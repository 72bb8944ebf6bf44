package footbridge.bench;

import footbridge.testbed.BrokersProcess;
import footbridge.testbed.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Measures a packaged gateway in front of a real Artemis on this machine; given two, both by
/// turns, because only a ratio of two in one run says anything on a machine that has other work.
///
///     Bench [--seconds N] [--rounds N] [--only LOAD] [GATEWAY.jar [OTHER.jar]]
public final class Bench {

    private static final String RULES =
            """
            defaults: { allow: [anonymous], create: auto }
            rules:
              - { destination: "/queue/bench.{name}", to: { jms: artemis, queue: "bench.{name}" } }
              - { destination: /topic/bench, to: { jms: artemis, topic: bench } }
            """;

    private final List<Path> jars = new ArrayList<>();
    private final Map<Load, List<List<Double>>> rates = new EnumMap<>(Load.class);
    private Duration counted = Duration.ofSeconds(3);
    private int rounds = 3;
    private List<Load> loads = List.of(Load.values());

    private Bench(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--seconds" -> counted = Duration.ofSeconds(Integer.parseInt(arguments[++i]));
                case "--rounds" -> rounds = Integer.parseInt(arguments[++i]);
                case "--only" -> loads = List.of(Load.valueOf(arguments[++i]));
                default -> jars.add(Path.of(arguments[i]));
            }
        }
        if (jars.isEmpty()) {
            jars.add(Path.of("target/quarkus-app/quarkus-run.jar"));
        }
    }

    public static void main(String[] arguments) throws Exception {
        new Bench(arguments).run();
    }

    private void run() throws Exception {
        Path data = Files.createTempDirectory("footbridge-bench");
        Path rules = Files.createDirectory(data.resolve("rules"));
        Files.writeString(rules.resolve("rules.yaml"), RULES);
        List<GatewayProcess> gateways = new ArrayList<>();
        try (BrokersProcess broker = BrokersProcess.startArtemis(data.resolve("broker"))) {
            for (Path jar : jars) {
                gateways.add(
                        GatewayProcess.withMappings(rules)
                                .jar(jar)
                                .setting("footbridge.anonymous", "true")
                                .settings(broker.gatewaySettings())
                                .jvm(System.getProperty("bench.jvm", "-Xmx512m").split(" "))
                                .start());
            }
            measure(gateways);
        } finally {
            gateways.forEach(GatewayProcess::close);
        }
    }

    private void measure(List<GatewayProcess> gateways) throws IOException, InterruptedException {
        for (Load load : loads) {
            List<List<Double>> each = new ArrayList<>();
            gateways.forEach(_ -> each.add(new ArrayList<>()));
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < gateways.size(); i++) {
                    each.get(i)
                            .add(
                                    load.measure(
                                            gateways.get(i).tcpPort(),
                                            Duration.ofSeconds(round == 0 ? 3 : 1),
                                            counted));
                }
            }
            rates.put(load, each);
            print(load, each);
        }
    }

    private static void print(Load load, List<List<Double>> rates) {
        for (int i = 0; i < rates.size(); i++) {
            System.out.printf("%-8s gateway %d:", load, i + 1);
            rates.get(i).forEach(rate -> System.out.printf(" %,.0f/s", rate));
            System.out.println();
        }
        if (rates.size() == 2) {
            System.out.printf(
                    "%-8s ratio 2/1: %.2f%n", load, median(rates.get(1)) / median(rates.get(0)));
        }
    }

    private static double median(List<Double> rates) {
        return rates.stream().sorted().toList().get(rates.size() / 2);
    }
}
