package footbridge.app.settings;

import footbridge.backend.Backend;
import footbridge.kafka.KafkaBackend;
import footbridge.kafka.client.KafkaLimits;
import footbridge.kafka.client.KafkaSettings;
import footbridge.kafka.client.KafkaTimes;
import footbridge.kafka.client.NamedProducer;
import footbridge.kafka.client.TransactionSettings;
import footbridge.mapping.BrokerNames;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The brokers that the settings name.
public final class Backends {

    private Backends() {}

    /// What rules may name.
    public static BrokerNames names(FootbridgeSettings settings) {
        Map<String, Set<String>> producers = new LinkedHashMap<>();
        settings.kafka().forEach((name, kafka) -> producers.put(name, kafka.producers().keySet()));
        return new BrokerNames(kinds(settings), producers);
    }

    static Map<String, Backend.Kind> kinds(FootbridgeSettings settings) {
        Map<String, Backend.Kind> kinds = new LinkedHashMap<>();
        settings.jms()
                .forEach((name, jms) -> {
                    JmsBackends.check(name, jms);
                    kinds.put(name, Backend.Kind.JMS);
                });
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
    public static Map<String, Backend> open(FootbridgeSettings settings) {
        Map<String, Backend> backends = new LinkedHashMap<>();
        int largestBody = Bounds.body(settings.limits());
        settings.jms()
                .forEach((name, jms) ->
                        backends.put(name, JmsBackends.open(name, jms, largestBody)));
        settings.kafka().forEach((name, kafka) -> backends.put(name, kafka(name, kafka)));
        return Collections.unmodifiableMap(backends);
    }

    private static Backend kafka(String name, FootbridgeSettings.Kafka kafka) {
        try {
            return new KafkaBackend(settings(name, kafka));
        } catch (IllegalArgumentException fault) {
            throw InvalidSettings.because(
                    "footbridge.kafka.%s: %s".formatted(name, fault.getMessage()));
        }
    }

    private static KafkaSettings settings(String name, FootbridgeSettings.Kafka kafka) {
        Map<String, NamedProducer> producers = new LinkedHashMap<>();
        kafka.producers()
                .forEach((key, producer) ->
                        producers.put(
                                key, new NamedProducer(producer.compression(), producer.linger())));
        return new KafkaSettings(
                name,
                kafka.bootstrapServers(),
                kafka.properties(),
                new KafkaTimes(
                        kafka.sendTimeout(),
                        kafka.answerTimeout(),
                        kafka.probeInterval(),
                        kafka.topicRefresh()),
                producers,
                new TransactionSettings(
                        kafka.transactionProducers(),
                        kafka.transactionalId().orElseGet(TransactionSettings::idOfThisRun)),
                new KafkaLimits(
                        kafka.members(),
                        kafka.catchUps(),
                        kafka.snapshotKeys(),
                        kafka.snapshotBytes().asLongValue()));
    }
}
