package footbridge.app;

import footbridge.backend.Backend;
import footbridge.kafka.KafkaBackend;
import footbridge.kafka.KafkaSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The brokers that the settings name.
final class Backends {

    private Backends() {}

    static Map<String, Backend.Kind> kinds(FootbridgeSettings settings) {
        Map<String, Backend.Kind> kinds = new LinkedHashMap<>();
        settings.jms().keySet().forEach(name -> kinds.put(name, Backend.Kind.JMS));
        for (String name : settings.kafka().keySet()) {
            if (kinds.put(name, Backend.Kind.KAFKA) != null) {
                throw InvalidSettings.because(
                        "footbridge.kafka.%s: a JMS broker has this name already; names are unique"
                                .formatted(name));
            }
        }
        return kinds;
    }

    /// Opens a connection to each; none needs to be there yet.
    static Map<String, Backend> open(FootbridgeSettings settings) {
        Map<String, Backend> backends = new LinkedHashMap<>();
        int largestBody = Bounds.body(settings.limits());
        settings.jms()
                .forEach((name, jms) ->
                        backends.put(name, JmsBackends.open(name, jms, largestBody)));
        settings.kafka().forEach((name, kafka) -> backends.put(name, kafka(name, kafka)));
        return Collections.unmodifiableMap(backends);
    }

    private static Backend kafka(String name, FootbridgeSettings.Kafka kafka) {
        return new KafkaBackend(
                new KafkaSettings(
                        name,
                        kafka.bootstrapServers(),
                        kafka.properties(),
                        kafka.sendTimeout(),
                        kafka.answerTimeout(),
                        kafka.probeInterval(),
                        kafka.topicRefresh()));
    }
}
