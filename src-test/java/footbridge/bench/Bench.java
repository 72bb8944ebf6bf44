package footbridge.bench;

import footbridge.testbed.StartFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Measures a packaged gateway in front of a real Artemis on this machine, beside another build of it
/// or other servers, by turns: on a machine that has other work only a ratio of two in one run says
/// anything. Prints lines while it works and a table at the end, and writes JSON.
///
///     Bench [--quick] [--seconds N] [--rounds N] [--clients N] [--only LOAD,...] [--peers NAME,...]
///           [GATEWAY.jar [OTHER.jar]]
///
/// The class path of the peers is the system property `bench.peers`.
public final class Bench implements Scenario.Comparison {

    /// The first build's name in the results.
    static final String OURS = "footbridge";

    private static final Path JSON = Path.of("target/bench.json");

    private final BenchOptions options;
    private final Results results = new Results();
    private final List<Server> servers = new ArrayList<>();
    private final List<Server> gateways = new ArrayList<>();
    private String artemisUrl = "";
    private boolean warm;

    Bench(BenchOptions options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws Exception {
        BenchOptions options;
        try {
            options = BenchOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("footbridge: " + e.getMessage());
            System.exit(2);
            return;
        }
        Results results = new Bench(options).run();
        System.out.printf("%n%s%n%n%s", Machine.described(), results.markdown());
        System.exit(0); // client libraries leave threads behind
    }

    /// Starts all servers, runs all loads, ends all servers.
    Results run() throws Exception {
        Path data = Files.createTempDirectory("footbridge-bench");
        try (Peers peers =
                new Peers(
                        data,
                        System.getProperty("bench.peers", ""),
                        options.scenarios().contains(Scenario.KAFKA))) {
            artemisUrl = peers.artemisUrl();
            start(peers);
            for (Scenario scenario : options.scenarios()) {
                warm = false;
                scenario.run(this);
            }
        } finally {
            delete(data);
        }
        return results;
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walked = Files.walk(folder)) {
            all = walked.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }

    private void start(Peers peers) throws IOException {
        for (Path jar : options.jars()) {
            gateways.add(peers.footbridge(gateways.isEmpty() ? OURS : "other build", jar));
        }
        servers.addAll(gateways);
        for (String name : options.peers()) {
            try {
                if (!name.equals(OURS)) {
                    servers.add(peers.start(name));
                }
            } catch (Peers.NotHere | StartFailure e) {
                System.out.println(name + " is not measured: " + e.getMessage());
            }
        }
    }

    @Override
    public void all(Supplier<Load> load) {
        compare(servers, load);
    }

    @Override
    public void ours(Supplier<Load> load) {
        compare(gateways, load);
    }

    private void compare(List<Server> compared, Supplier<Load> load) {
        String name = load.get().toString();
        for (int round = 0; round < options.rounds(); round++) {
            Timing timing = timing(round);
            for (Server server : compared) {
                run(name, server, each -> load.get().measure(each, timing));
            }
        }
        print(name, compared);
        warm = true;
    }

    /// What is known by now also stays if the rest is broken off.
    private void print(String name, List<Server> measured) {
        measured.forEach(server -> System.out.print(results.line(name, server.name())));
        try {
            Files.writeString(JSON, results.json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A server's compiler has the most to do when a scenario begins.
    private Timing timing(int round) {
        int seconds = round > 0 || options.quick() ? 1 : warm ? 3 : 10;
        return new Timing(Duration.ofSeconds(seconds), options.counted());
    }

    private void run(String name, Server server, Scenario.Run run) {
        if (results.hasFailed(name, server.name())) {
            return;
        }
        try {
            results.measured(name, server.name(), run.on(server));
        } catch (IOException | RuntimeException e) {
            results.failed(name, server.name(), String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void plainJms(int perSecond) {
        String name = QueueLoad.paced(perSecond).toString();
        Server plain =
                new Server("plain JMS", gateways.getFirst().webSocket(), "", "", "", List.of());
        for (int round = 0; round < options.rounds(); round++) {
            Timing timing = timing(round);
            run(name, plain, each -> plainJms(each, perSecond, timing));
        }
        print(name, List.of(plain));
    }

    private Measurement plainJms(Server gateway, int perSecond, Timing timing)
            throws IOException, InterruptedException {
        try (LoadLoop loop = new LoadLoop(gateway)) {
            var _ = loop.subscribe(1, "/queue/" + PlainJms.QUEUE, "auto"); // makes the queue
        }
        return PlainJms.measure(artemisUrl, perSecond, timing);
    }

    @Override
    public void idle() {
        String name = "%,d idle clients".formatted(options.clients());
        for (Server server : servers) {
            run(name, server, each -> IdleClients.measure(each, options.clients()));
        }
        print(name, servers);
    }
}
