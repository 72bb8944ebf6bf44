package footbridge.testbed;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the user of the demo asked for.
///
/// @param root the repository's folder
/// @param ports by the environment variable that sets each
/// @param javaOptions for the gateway's JVM
record DemoOptions(
        Path root,
        Path mappings,
        boolean brokersOnly,
        boolean fresh,
        Map<String, Integer> ports,
        List<String> javaOptions) {

    static final String HTTP = "FOOTBRIDGE_HTTP_PORT";
    static final String TCP = "FOOTBRIDGE_TCP_PORT";
    static final String MANAGEMENT = "FOOTBRIDGE_MANAGEMENT_PORT";
    static final String ARTEMIS = "FOOTBRIDGE_DEMO_ARTEMIS_PORT";
    static final String KAFKA = "FOOTBRIDGE_DEMO_KAFKA_PORT";

    private static final int MAX_PORT = 65_535;

    /// @param args the repository's folder, then the options of `footbridge demo`
    /// @throws IllegalArgumentException with a message for the user
    static DemoOptions parse(List<String> args, Map<String, String> environment) {
        Path root = Path.of(args.getFirst());
        Path mappings = root.resolve("mappings");
        boolean brokersOnly = false;
        boolean fresh = false;
        for (int i = 1; i < args.size(); i++) {
            switch (args.get(i)) {
                case "--mappings" -> mappings = folder(args, ++i);
                case "--brokers-only" -> brokersOnly = true;
                case "--fresh" -> fresh = true;
                default -> throw new IllegalArgumentException("demo does not know " + args.get(i));
            }
        }
        List<String> javaOptions =
                Stream.of(environment.getOrDefault("FOOTBRIDGE_JAVA_OPTS", "").split(" +"))
                        .filter(option -> !option.isEmpty())
                        .toList();
        return new DemoOptions(
                root, mappings, brokersOnly, fresh, ports(environment, brokersOnly), javaOptions);
    }

    int port(String variable) {
        return ports.getOrDefault(variable, 0);
    }

    Path data() {
        return root.resolve("target/demo");
    }

    private static Path folder(List<String> args, int index) {
        if (index == args.size()) {
            throw new IllegalArgumentException("--mappings wants a folder");
        }
        Path folder = Path.of(args.get(index));
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--mappings: there is no folder " + folder);
        }
        return folder;
    }

    private static Map<String, Integer> ports(
            Map<String, String> environment, boolean brokersOnly) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        if (!brokersOnly) {
            ports.put(HTTP, port(environment, HTTP, 8080));
            ports.put(TCP, port(environment, TCP, 61613));
            ports.put(MANAGEMENT, port(environment, MANAGEMENT, 9000));
        }
        ports.put(ARTEMIS, port(environment, ARTEMIS, 61616));
        ports.put(KAFKA, port(environment, KAFKA, 9092));
        return ports;
    }

    private static int port(Map<String, String> environment, String variable, int usual) {
        String text = environment.getOrDefault(variable, Integer.toString(usual));
        if (!text.matches("[0-9]{1,5}")
                || Integer.parseInt(text) == 0
                || Integer.parseInt(text) > MAX_PORT) {
            throw new IllegalArgumentException(variable + " is no port: " + text);
        }
        return Integer.parseInt(text);
    }
}
