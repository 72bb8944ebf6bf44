package footbridge.kafka;

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
/// @param members how many members of groups the node may have; positive
public record KafkaSettings(
        String name,
        String bootstrapServers,
        Map<String, String> properties,
        KafkaTimes times,
        Map<String, NamedProducer> producers,
        TransactionSettings transactions,
        int members) {

    public static final int DEFAULT_MEMBERS = 200;

    public KafkaSettings {
        if (members < 1) {
            throw new IllegalArgumentException("members %d must be 1 or more".formatted(members));
        }
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
                DEFAULT_MEMBERS);
    }

    public KafkaSettings with(KafkaTimes others) {
        return new KafkaSettings(
                name, bootstrapServers, properties, others, producers, transactions, members);
    }

    public KafkaSettings with(Map<String, NamedProducer> others) {
        return new KafkaSettings(
                name, bootstrapServers, properties, times, others, transactions, members);
    }

    public KafkaSettings withMembers(int most) {
        return new KafkaSettings(
                name, bootstrapServers, properties, times, producers, transactions, most);
    }

    /// Names the properties without their values, which may be secrets.
    @Override
    public String toString() {
        return "KafkaSettings[name=%s, bootstrapServers=%s, properties=%s]"
                .formatted(name, bootstrapServers, new TreeSet<>(properties.keySet()));
    }

    /// Whether records of the common producer are compressed on their way, so that their size is
    /// known late.
    boolean compresses() {
        return !properties.getOrDefault("compression.type", "none").equals("none");
    }
}
