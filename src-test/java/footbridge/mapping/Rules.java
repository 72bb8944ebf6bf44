package footbridge.mapping;

import footbridge.access.Identity;
import footbridge.backend.Backend;
import footbridge.mapping.file.InvalidMapping;
import footbridge.mapping.file.RuleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/// Rule files for tests, and clients to use them.
public final class Rules {

    public static final Map<String, Backend.Kind> BACKENDS =
            Map.of("artemis", Backend.Kind.JMS, "kafka", Backend.Kind.KAFKA);

    static final Identity ANN = new Identity("ann", Set.of("trader"), false);

    private Rules() {}

    /// @param yaml what the one rule file, `rules.yaml`, holds
    static Mappings load(Path folder, String yaml) throws IOException, InvalidMapping {
        Files.writeString(folder.resolve("rules.yaml"), yaml);
        return RuleFolder.load(folder, BACKENDS);
    }

    /// @param destinations templates; each leads to the JMS queue of its number, from 0
    static Mappings of(Path folder, String... destinations) throws IOException, InvalidMapping {
        StringBuilder yaml = new StringBuilder("rules:\n");
        for (int i = 0; i < destinations.length; i++) {
            yaml.append(
                    "  - { destination: \"%s\", to: { jms: artemis, queue: \"%d\" } }\n"
                            .formatted(destinations[i], i));
        }
        return load(folder, yaml.toString());
    }
}
