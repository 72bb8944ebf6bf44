package footbridge.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What the user of the benchmark asked for.
///
/// @param jars one build of the gateway, or two
/// @param peers names of [Peers#NAMES]
/// @param clients how many idle ones
record BenchOptions(
        List<Path> jars,
        List<String> peers,
        Set<Scenario> scenarios,
        Duration counted,
        int rounds,
        int clients,
        boolean quick) {

    private static final Path OURS = Path.of("target/quarkus-app/quarkus-run.jar");

    /// @throws IllegalArgumentException with a message for the user
    static BenchOptions parse(String... arguments) {
        List<Path> jars = new ArrayList<>();
        Optional<List<String>> peers = Optional.empty();
        Set<Scenario> scenarios = EnumSet.allOf(Scenario.class);
        boolean quick = List.of(arguments).contains("--quick");
        int seconds = quick ? 1 : 2;
        int rounds = quick ? 1 : 3;
        int clients = quick ? 2_000 : 10_000;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> {}
                case "--seconds" -> seconds = number(arguments, ++i);
                case "--rounds" -> rounds = number(arguments, ++i);
                case "--clients" -> clients = number(arguments, ++i);
                case "--only" -> scenarios = scenarios(value(arguments, ++i));
                case "--peers" -> peers = Optional.of(peers(value(arguments, ++i)));
                default -> jars.add(jar(arguments[i]));
            }
        }
        if (jars.size() > 2) {
            throw new IllegalArgumentException("bench compares two builds at most");
        }
        return new BenchOptions(
                jars.isEmpty() ? List.of(OURS) : jars,
                peers.orElse(jars.size() > 1 ? List.of() : Peers.NAMES),
                scenarios,
                Duration.ofSeconds(seconds),
                rounds,
                clients,
                quick);
    }

    private static String value(String[] arguments, int index) {
        if (index == arguments.length) {
            throw new IllegalArgumentException(arguments[index - 1] + " wants a value");
        }
        return arguments[index];
    }

    private static int number(String[] arguments, int index) {
        String text = value(arguments, index);
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new IllegalArgumentException(arguments[index - 1] + " wants a number: " + text);
        }
        return Integer.parseInt(text);
    }

    private static Set<Scenario> scenarios(String list) {
        Set<Scenario> chosen = EnumSet.noneOf(Scenario.class);
        for (String name : list.split(",", -1)) {
            chosen.add(
                    Stream.of(Scenario.values())
                            .filter(each -> each.name().equalsIgnoreCase(name))
                            .findFirst()
                            .orElseThrow(() ->
                                    new IllegalArgumentException("there is no load " + name)));
        }
        return chosen;
    }

    private static List<String> peers(String list) {
        List<String> names = List.of(list.toLowerCase(Locale.ROOT).split(",", -1));
        for (String name : names) {
            if (!Peers.NAMES.contains(name)) {
                throw new IllegalArgumentException("there is no peer " + name);
            }
        }
        return names;
    }

    private static Path jar(String argument) {
        if (argument.startsWith("--")) {
            throw new IllegalArgumentException("bench does not know " + argument);
        }
        return Path.of(argument);
    }
}
