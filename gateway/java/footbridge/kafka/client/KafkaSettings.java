package footbridge.kafka.client;

import java.util.Map;
import java.util.TreeSet;

/// How to reach one Kafka cluster, and how to use it.
///
/// @param name the name of the broker connection in the rule files
/// @param bootstrapServers `host:port`, several separated by commas
/// @param properties further properties of kafka-clients (security, tuning); they win over the
///   gateway's own except where its promises depend on them. May hold secrets
/// @param times how long to wait
/// @param producers those that rules name, beside the common one
/// @param transactions how STOMP transactions are carried out
/// @param limits how much of the node its clients may use
public record KafkaSettings(
        String name,
        String bootstrapServers,
        Map<String, String> properties,
        KafkaTimes times,
        Map<String, NamedProducer> producers,
        TransactionSettings transactions,
        KafkaLimits limits) {

    public KafkaSettings {
        properties = Map.copyOf(properties);
        producers = Map.copyOf(producers);
    }

    /// A cluster with everything else at its default.
    public KafkaSettings(String name, String bootstrapServers, Map<String, String> properties) {
        this(
                name,
                bootstrapServers,
                properties,
                KafkaTimes.DEFAULTS,
                Map.of(),
                TransactionSettings.defaults(),
                KafkaLimits.DEFAULTS);
    }

    public KafkaSettings with(KafkaTimes others) {
        return new KafkaSettings(
                name, bootstrapServers, properties, others, producers, transactions, limits);
    }

    public KafkaSettings with(Map<String, NamedProducer> others) {
        return new KafkaSettings(
                name, bootstrapServers, properties, times, others, transactions, limits);
    }

    public KafkaSettings with(KafkaLimits others) {
        return new KafkaSettings(
                name, bootstrapServers, properties, times, producers, transactions, others);
    }

    /// Names the properties without their values, which may be secrets.
    @Override
    public String toString() {
        return "KafkaSettings[name=%s, bootstrapServers=%s, properties=%s]"
                .formatted(name, bootstrapServers, new TreeSet<>(properties.keySet()));
    }

    /// Whether records of the common producer are compressed on their way, so that their size is
    /// known late.
    public boolean compresses() {
        return !properties.getOrDefault("compression.type", "none").equals("none");
    }
}
