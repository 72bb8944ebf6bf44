package footbridge.kafka.client;

import footbridge.backend.BackendFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// What we ask the cluster about topics. Never blocks; answers come within the timeout. Safe for
/// use by any thread.
public final class TopicQuestions {

    private final KafkaClients clients;
    private final int timeoutMillis;

    public TopicQuestions(KafkaClients clients, Duration timeout) {
        this.clients = clients;
        this.timeoutMillis = (int) timeout.toMillis();
    }

    /// Asks for a topic; empty when there is none of this name.
    CompletableFuture<Optional<TopicInfo>> describe(String topic) {
        try {
            Admin admin = clients.admin();
            return description(admin, topic)
                    .thenCombine(settings(admin, topic), TopicQuestions::both)
                    .exceptionallyCompose(TopicQuestions::missingOrFailed)
                    .toCompletableFuture();
        } catch (BackendFailure e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /// Makes a topic with the cluster's default of partitions and replicas, unless it exists.
    CompletableFuture<Boolean> create(String topic) throws BackendFailure {
        NewTopic byDefaults = new NewTopic(topic, Optional.empty(), Optional.empty());
        return clients.admin()
                .createTopics(
                        List.of(byDefaults), new CreateTopicsOptions().timeoutMs(timeoutMillis))
                .all()
                .toCompletionStage()
                .thenApply(_ -> true)
                .exceptionallyCompose(TopicQuestions::thereOrFailed)
                .toCompletableFuture();
    }

    private CompletionStage<Optional<TopicDescription>> description(Admin admin, String topic) {
        return admin.describeTopics(
                        List.of(topic), new DescribeTopicsOptions().timeoutMs(timeoutMillis))
                .allTopicNames()
                .toCompletionStage()
                .thenApply(all -> all.values().stream().findFirst());
    }

    /// What is looked at of a topic's settings.
    private record Settings(int largestBatch, boolean compacted) {

        static final Settings UNKNOWN = new Settings(Integer.MAX_VALUE, false);

        static Settings of(Config config) {
            return new Settings(
                    Integer.parseInt(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value()),
                    config.get(TopicConfig.CLEANUP_POLICY_CONFIG)
                            .value()
                            .contains(TopicConfig.CLEANUP_POLICY_COMPACT));
        }
    }

    /// Without the right to see a topic's settings the gateway sends and the broker decides.
    private CompletionStage<Settings> settings(Admin admin, String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(
                        List.of(resource), new DescribeConfigsOptions().timeoutMs(timeoutMillis))
                .all()
                .toCompletionStage()
                .thenApply(all -> all.values().stream().findFirst().map(Settings::of))
                .exceptionally(_ -> Optional.empty())
                .thenApply(found -> found.orElse(Settings.UNKNOWN));
    }

    private static Optional<TopicInfo> both(Optional<TopicDescription> found, Settings settings) {
        return found.map(topic ->
                new TopicInfo(
                        topic.topicId(),
                        topic.partitions().size(),
                        settings.largestBatch(),
                        settings.compacted()));
    }

    private static CompletableFuture<Optional<TopicInfo>> missingOrFailed(Throwable failure) {
        return switch (reasonOf(failure)) {
            case UnknownTopicOrPartitionException _, InvalidTopicException _ ->
                    CompletableFuture.completedFuture(Optional.empty());
            case Throwable reason -> CompletableFuture.failedFuture(reason);
        };
    }

    private static CompletableFuture<Boolean> thereOrFailed(Throwable failure) {
        return switch (reasonOf(failure)) {
            case TopicExistsException _ -> CompletableFuture.completedFuture(true);
            case Throwable reason -> CompletableFuture.failedFuture(reason);
        };
    }

    private static Throwable reasonOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
