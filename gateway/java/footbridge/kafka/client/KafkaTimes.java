package footbridge.kafka.client;

import java.time.Duration;

/// How long to wait for a cluster; each is positive.
///
/// @param send longest time between a SEND and its confirmation or failure
/// @param answer longest wait for an answer about the cluster or a topic
/// @param probe pause between two questions whether the cluster is there
/// @param topicRefresh how often the reader of a topic looks for new partitions
public record KafkaTimes(Duration send, Duration answer, Duration probe, Duration topicRefresh) {

    /// A cluster measures client quotas over eleven seconds, so a record may wait for that long.
    public static final KafkaTimes DEFAULTS =
            new KafkaTimes(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10));

    public KafkaTimes {
        positive("send-timeout", send);
        positive("answer-timeout", answer);
        positive("probe-interval", probe);
        positive("topic-refresh", topicRefresh);
    }

    private static void positive(String setting, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("%s %s must be positive".formatted(setting, value));
        }
    }
}
