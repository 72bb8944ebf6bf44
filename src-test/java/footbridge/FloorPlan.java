package footbridge;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The rooms of the gateway, and what each may import: the table of `gateway/README.md`, in code.
final class FloorPlan {

    /// One folder under `gateway/java/footbridge/`.
    ///
    /// @param imports the rooms that it may use besides itself
    /// @param libraries the packages from outside that it may use besides the JDK and JSpecify
    record Room(int floor, String name, Set<String> imports, List<String> libraries) {

        boolean mayImport(Room other) {
            return name.equals(other.name) || imports.contains(other.name);
        }

        boolean mayUse(String outsidePackage) {
            return Stream.concat(EVERYWHERE.stream(), libraries.stream())
                    .anyMatch(allowed -> (outsidePackage + ".").startsWith(allowed + "."));
        }
    }

    /// The JDK and JSpecify.
    private static final List<String> EVERYWHERE =
            List.of(
                    "java",
                    "javax.naming",
                    "javax.net",
                    "javax.security",
                    "javax.transaction.xa",
                    "org.jspecify");

    /// What the gateway runs on: Quarkus and the libraries that come with it.
    static final List<String> PLATFORM =
            List.of(
                    "io.micrometer",
                    "io.netty",
                    "io.opentelemetry",
                    "io.quarkus",
                    "io.smallrye",
                    "io.vertx",
                    "jakarta.annotation",
                    "jakarta.enterprise",
                    "jakarta.inject",
                    "org.jboss.logmanager",
                    "org.eclipse.microprofile",
                    "org.wildfly.security");

    private static final List<String> NONE = List.of();
    private static final List<String> JMS =
            List.of("jakarta.jms", "org.apache.activemq", "org.apache.artemis");
    private static final List<String> ANY_JMS = List.of("jakarta.jms", "javax.naming");
    private static final List<String> KAFKA = List.of("org.apache.kafka");
    private static final List<String> YAML = List.of("org.snakeyaml");

    private static final List<Room> BELOW_APP =
            List.of(
                    new Room(5, "transport", Set.of("connection"), PLATFORM),
                    new Room(5, "telemetry", Set.of("connection", "backend"), PLATFORM),
                    new Room(4, "connection", Set.of("session", "stomp", "backend"), NONE),
                    new Room(3, "session", Set.of("stomp", "mapping", "access", "backend"), NONE),
                    new Room(3, "portable", Set.of("backend", "jms"), ANY_JMS),
                    new Room(2, "jms", Set.of("backend"), JMS),
                    new Room(2, "kafka", Set.of("backend"), KAFKA),
                    new Room(2, "mapping", Set.of("backend", "access"), YAML),
                    new Room(1, "stomp", Set.of(), NONE),
                    new Room(1, "backend", Set.of(), NONE),
                    new Room(1, "access", Set.of(), NONE));

    static final List<Room> ROOMS =
            Stream.concat(
                            Stream.of(new Room(6, "app", names(BELOW_APP), PLATFORM)),
                            BELOW_APP.stream())
                    .toList();

    private FloorPlan() {}

    /// The room in which the classes of `packageName` live, the rooms being folders of `root`.
    static Optional<Room> roomOf(String packageName, String root) {
        return ROOMS.stream()
                .filter(room -> (packageName + ".").startsWith(root + "." + room.name() + "."))
                .findFirst();
    }

    static Room room(String name) {
        return ROOMS.stream().filter(room -> room.name().equals(name)).findFirst().orElseThrow();
    }

    /// The table's cell for what `room` may import.
    static String importsCell(Room room) {
        if (room.imports().equals(names(BELOW_APP))) {
            return "all";
        }
        return room.imports().isEmpty() ? "-" : sorted(room.imports().stream());
    }

    /// The table's cell for the outside libraries of `room`.
    static String librariesCell(Room room) {
        if (room.libraries().equals(PLATFORM)) {
            return "platform";
        }
        return room.libraries().isEmpty() ? "-" : sorted(room.libraries().stream());
    }

    static String sorted(Stream<String> words) {
        return words.sorted().collect(joining(", "));
    }

    private static Set<String> names(List<Room> rooms) {
        return rooms.stream().map(Room::name).collect(toSet());
    }
}
