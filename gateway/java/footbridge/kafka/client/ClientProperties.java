package footbridge.kafka.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/// The properties of each of our Kafka clients: the gateway's defaults, over them the operator's,
/// and over those what the gateway's promises rest on.
record ClientProperties(KafkaSettings settings) {

    /// Kafka's own way to look for a cluster that has moved spins and logs some fifty times a
    /// second while there is none (4.4.0); [KafkaClients] does it once a minute instead. Readers
    /// rest while the cluster is away, so theirs does no harm.
    private static final String STAY = "none";

    /// What a share consumer refuses to know.
    private static final Set<String> NOT_FOR_SHARE_GROUPS =
            Set.of(
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                    ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
                    ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                    ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                    ConsumerConfig.GROUP_PROTOCOL_CONFIG,
                    ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG);

    private static final String COOPERATIVE =
            "org.apache.kafka.clients.consumer.CooperativeStickyAssignor";

    private static final Duration LONGEST_BLOCK = Duration.ofSeconds(5);

    /// How long readers are held up when a node dies amid a commit and nobody takes its place.
    private static final int TRANSACTION_TIMEOUT_MS = 10_000;

    Map<String, Object> admin() {
        Map<String, Object> all = common("admin");
        all.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, STAY);
        // Kafka wants the second not below the first; each call brings its own, shorter one.
        all.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        all.putAll(operators(AdminClientConfig.configNames()));
        all.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        return all;
    }

    /// @param name of a producer of the settings, or [Producers#COMMON]
    Map<String, Object> producer(String name) {
        Map<String, Object> all = producing(name.isEmpty() ? "producer" : "producer-" + name);
        NamedProducer named = settings.producers().get(name);
        if (named != null) {
            all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, named.compression());
            all.put(ProducerConfig.LINGER_MS_CONFIG, named.linger().toMillis());
        }
        return all;
    }

    /// A producer that does nothing but one transaction after the other.
    Map<String, Object> transactional(int slot) {
        Map<String, Object> all = producing("transactions-" + slot);
        all.put(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "%s-%d".formatted(settings.transactions().id(), slot));
        all.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS);
        // After a commit the coordinator answers the next one with "not yet" for some milliseconds;
        // with Kafka's 100 ms a transaction takes 45 to 63 ms, with 5 it takes 10 to 18 (measured).
        all.put(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
        return all;
    }

    private Map<String, Object> producing(String role) {
        Map<String, Object> all = common(role);
        all.put(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, STAY);
        int sendTimeout = millis(settings.times().send());
        // A batch is sent as soon as the last one left: a receipt does not wait for company.
        all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, sendTimeout / 2));
        // The broker and the topic decide what is too large; see also the gateway's own limit.
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 17 * 1024 * 1024);
        all.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
        all.putAll(operators(ProducerConfig.configNames()));
        all.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, sendTimeout);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.min(sendTimeout, millis(LONGEST_BLOCK)));
        return all;
    }

    Map<String, Object> reader(String topic) {
        return reader("reader-" + topic, 8 * 1024 * 1024);
    }

    /// A reader for one subscription: there may be many, so each has less in memory.
    Map<String, Object> catchUp(String role) {
        return reader("catch-up-" + role, 1024 * 1024);
    }

    private Map<String, Object> reader(String role, int fetched) {
        Map<String, Object> all = common(role);
        all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, fetched);
        consume(all);
        all.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return all;
    }

    /// One member of a consumer group.
    ///
    /// @param prefetch how many records it takes at once
    Map<String, Object> groupMember(String group, int prefetch) {
        Map<String, Object> all = common("group-" + group);
        // There can be hundreds of them, and each waits for a client anyway.
        all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1024 * 1024);
        // A browser that comes or goes takes from the others no more partitions than it must.
        all.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, COOPERATIVE);
        all.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_000);
        all.put(
                CommonClientConfigs.METADATA_MAX_AGE_CONFIG,
                settings.times().topicRefresh().toMillis());
        consume(all);
        all.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, prefetch);
        return all;
    }

    /// The operator's properties, and what all consumers have that read partitions.
    private void consume(Map<String, Object> all) {
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.putAll(operators(ConsumerConfig.configNames()));
        all.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        all.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        // The classic consumer reads in our thread; the newer one brings a thread of its own, and
        // its group may change amid a transaction of ours.
        all.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    }

    /// One member of a share group.
    ///
    /// @param prefetch how many records it takes at once
    Map<String, Object> shareMember(String group, int prefetch) {
        Map<String, Object> all = common("share-" + group);
        all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * 1024 * 1024);
        all.putAll(operators(ConsumerConfig.configNames()));
        all.keySet().removeAll(NOT_FOR_SHARE_GROUPS);
        all.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        all.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, prefetch);
        all.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        // Else a member takes all records of a batch, whatever its client wants.
        all.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return all;
    }

    private Map<String, Object> common(String role) {
        Map<String, Object> all = new HashMap<>();
        all.put("client.id", "footbridge-" + settings.name() + "-" + role);
        all.put("reconnect.backoff.ms", 100);
        all.put("reconnect.backoff.max.ms", 3_000);
        all.put("enable.metrics.push", false);
        return all;
    }

    /// The operator's properties without those that only another kind of client knows. What no
    /// client knows stays: it may be meant for a plug-in.
    private Map<String, String> operators(Set<String> known) {
        Map<String, String> all = new HashMap<>(settings.properties());
        all.keySet().removeIf(name -> !known.contains(name) && knownToAny(name));
        return all;
    }

    private static boolean knownToAny(String name) {
        return AdminClientConfig.configNames().contains(name)
                || ProducerConfig.configNames().contains(name)
                || ConsumerConfig.configNames().contains(name);
    }

    private static int millis(Duration duration) {
        return Math.clamp(duration.toMillis(), 1, Integer.MAX_VALUE);
    }
}
