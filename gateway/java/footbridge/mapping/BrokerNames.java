package footbridge.mapping;

import footbridge.backend.Backend;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What rules may name of the settings.
///
/// @param kinds the broker connections
/// @param producers the named producers of each Kafka cluster; those of one that is not in it are
///   not known, and any name will do
public record BrokerNames(Map<String, Backend.Kind> kinds, Map<String, Set<String>> producers) {

    public BrokerNames {
        kinds = Collections.unmodifiableMap(new LinkedHashMap<>(kinds)); // shown in their order
        producers = Map.copyOf(producers);
    }

    /// The producers of a cluster; empty if they are not known.
    public Optional<Set<String>> producersOf(String cluster) {
        return Optional.ofNullable(producers.get(cluster));
    }
}
