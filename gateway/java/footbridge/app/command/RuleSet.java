package footbridge.app.command;

import static java.util.stream.Collectors.joining;

import footbridge.app.explain.Misuse;
import footbridge.app.settings.Backends;
import footbridge.app.settings.FootbridgeSettings;
import footbridge.backend.Backend;
import footbridge.mapping.BrokerNames;
import footbridge.mapping.Mappings;
import footbridge.mapping.file.InvalidMapping;
import footbridge.mapping.file.RuleFolder;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rule files that a command is about, and the brokers that they may name.
///
/// @param brokers by name; none of them is asked anything
/// @param producers the named producers of each Kafka cluster; none where only names are known
/// @param assumed whether no broker was named anywhere, so that those of the demo are taken
record RuleSet(
        Path folder,
        Map<String, Backend.Kind> brokers,
        Map<String, Set<String>> producers,
        boolean assumed) {

    /// The options that name brokers, once for each.
    static final Set<String> OPTIONS = Set.of("--jms", "--kafka");

    private static final Map<String, Backend.Kind> DEMO = new LinkedHashMap<>();

    static {
        DEMO.put("artemis", Backend.Kind.JMS);
        DEMO.put("kafka", Backend.Kind.KAFKA);
    }

    /// @param folder empty for that of the settings
    static RuleSet of(CommandLine line, Optional<String> folder) throws Misuse {
        Map<String, Backend.Kind> named = named(line);
        if (folder.isPresent() && !named.isEmpty()) {
            return new RuleSet(Path.of(folder.get()), named, Map.of(), false);
        }
        FootbridgeSettings settings = OfflineSettings.read(line.settings());
        Path place = folder.map(Path::of).orElseGet(settings::mappings);
        if (!named.isEmpty()) {
            return new RuleSet(place, named, Map.of(), false);
        }
        BrokerNames configured = configured(settings);
        return configured.kinds().isEmpty()
                ? new RuleSet(place, DEMO, Map.of(), true)
                : new RuleSet(place, configured.kinds(), configured.producers(), false);
    }

    private static Map<String, Backend.Kind> named(CommandLine line) throws Misuse {
        Map<String, Backend.Kind> named = new LinkedHashMap<>();
        line.all("--jms").forEach(name -> named.put(name, Backend.Kind.JMS));
        for (String name : line.all("--kafka")) {
            if (named.put(name, Backend.Kind.KAFKA) == Backend.Kind.JMS) {
                throw new Misuse("--kafka %s: a JMS broker has this name already".formatted(name));
            }
        }
        return named;
    }

    private static BrokerNames configured(FootbridgeSettings settings) throws Misuse {
        try {
            return Backends.names(settings);
        } catch (ConfigurationException fault) {
            throw OfflineSettings.unusable(String.valueOf(fault.getMessage()));
        }
    }

    Mappings load() throws InvalidMapping {
        return RuleFolder.load(folder, new BrokerNames(brokers, producers));
    }

    /// A line for people, like `brokers: artemis (jms), kafka (kafka)`.
    String brokersInWords() {
        String names =
                brokers.entrySet().stream()
                        .map(broker ->
                                "%s (%s)".formatted(broker.getKey(), word(broker.getValue())))
                        .collect(joining(", "));
        return assumed
                ? "brokers: %s, as in the demo, because none is configured".formatted(names)
                : "brokers: " + names;
    }

    /// The word of the rule files for such a broker.
    static String word(Backend.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
