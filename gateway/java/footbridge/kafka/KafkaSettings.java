package footbridge.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;

/// How to reach one Kafka cluster, and how long to wait for it.
///
/// @param name the name of the broker connection in the rule files
/// @param bootstrapServers `host:port`, several separated by commas
/// @param properties further properties of kafka-clients (security, tuning); they win over the
///   gateway's own except where its promises depend on them. May hold secrets
/// @param sendTimeout longest time between a SEND and its confirmation or failure; positive
/// @param answerTimeout longest wait for an answer about the cluster or a topic; positive
/// @param probeInterval pause between two questions whether the cluster is there; positive
/// @param topicRefresh how often the reader of a topic looks for new partitions; positive
public record KafkaSettings(
        String name,
        String bootstrapServers,
        Map<String, String> properties,
        Duration sendTimeout,
        Duration answerTimeout,
        Duration probeInterval,
        Duration topicRefresh) {

    public static final Duration DEFAULT_SEND_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration DEFAULT_ANSWER_TIMEOUT = Duration.ofSeconds(3);
    public static final Duration DEFAULT_PROBE_INTERVAL = Duration.ofSeconds(2);
    public static final Duration DEFAULT_TOPIC_REFRESH = Duration.ofSeconds(10);

    public KafkaSettings {
        properties = Map.copyOf(properties);
        positive("sendTimeout", sendTimeout);
        positive("answerTimeout", answerTimeout);
        positive("probeInterval", probeInterval);
        positive("topicRefresh", topicRefresh);
    }

    /// A cluster with every time at its default.
    public KafkaSettings(String name, String bootstrapServers, Map<String, String> properties) {
        this(
                name,
                bootstrapServers,
                properties,
                DEFAULT_SEND_TIMEOUT,
                DEFAULT_ANSWER_TIMEOUT,
                DEFAULT_PROBE_INTERVAL,
                DEFAULT_TOPIC_REFRESH);
    }

    /// Names the properties without their values, which may be secrets.
    @Override
    public String toString() {
        return "KafkaSettings[name=%s, bootstrapServers=%s, properties=%s]"
                .formatted(name, bootstrapServers, new TreeSet<>(properties.keySet()));
    }

    /// Whether records are compressed on their way, so that their size is known late.
    boolean compresses() {
        return !properties.getOrDefault("compression.type", "none").equals("none");
    }

    private static void positive(String setting, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("%s %s must be positive".formatted(setting, value));
        }
    }
}
