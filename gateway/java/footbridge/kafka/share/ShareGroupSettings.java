package footbridge.kafka.share;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.KafkaReading;
import footbridge.backend.StartAt;
import footbridge.kafka.client.Failures;
import footbridge.kafka.client.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.FeatureMetadata;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

/// Makes the cluster treat a share group as its rule says: what kind of records it reads, where it
/// begins and where its dead letters go are settings of the group, not of its members.
///
/// Asked once for each group and rule. Safe for use by any thread; blocks for some round trips.
final class ShareGroupSettings {

    private static final int MOST_KEPT = 10_000;
    private static final String ISOLATION = "share.isolation.level";
    private static final String RESET = "share.auto.offset.reset";
    private static final String DEAD_LETTERS = "errors.deadletterqueue.topic.name";
    private static final String COPY = "errors.deadletterqueue.copy.record.enable";

    private final KafkaClients clients;
    private final int timeoutMillis;
    private final Map<String, KafkaReading> prepared = new ConcurrentHashMap<>();

    ShareGroupSettings(KafkaClients clients, Duration timeout) {
        this.clients = clients;
        this.timeoutMillis = (int) timeout.toMillis();
    }

    /// @throws BackendFailure if the cluster cannot do it, or will not for our account
    void prepare(String group, KafkaReading reading) throws BackendFailure, InterruptedException {
        if (reading.equals(prepared.get(group))) {
            return;
        }
        Admin admin = clients.admin();
        requireShareGroups(admin, reading);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        Config now = described(admin, resource);
        requireDeadLetters(now, reading);
        Collection<AlterConfigOp> changes = changes(now, wanted(reading));
        if (!changes.isEmpty()) {
            answer(
                    admin.incrementalAlterConfigs(
                                    Map.of(resource, changes),
                                    new AlterConfigsOptions().timeoutMs(timeoutMillis))
                            .all());
        }
        keep(group, reading);
    }

    private void keep(String group, KafkaReading reading) {
        if (prepared.size() >= MOST_KEPT) {
            prepared.clear();
        }
        prepared.put(group, reading);
    }

    private void requireShareGroups(Admin admin, KafkaReading reading)
            throws BackendFailure, InterruptedException {
        FeatureMetadata features = answer(admin.describeFeatures().featureMetadata());
        FinalizedVersionRange share = features.finalizedFeatures().get("share.version");
        int version = share == null ? 0 : share.maxVersionLevel();
        if (version < 1) {
            throw new BackendFailure(
                    Kind.UNSUPPORTED,
                    "The Kafka cluster behind this destination has no share groups.");
        }
        if (version < 2 && reading.deadLetter().isPresent()) {
            throw new BackendFailure(
                    Kind.UNSUPPORTED,
                    "The Kafka cluster behind this destination keeps no dead letters of share groups.");
        }
    }

    private Config described(Admin admin, ConfigResource resource)
            throws BackendFailure, InterruptedException {
        return answer(
                        admin.describeConfigs(
                                        List.of(resource),
                                        new DescribeConfigsOptions().timeoutMs(timeoutMillis))
                                .all())
                .getOrDefault(resource, new Config(List.of()));
    }

    /// A rule that dead-letters what is refused must not let it vanish.
    private static void requireDeadLetters(Config now, KafkaReading reading) throws BackendFailure {
        if (reading.deadLettersOnNack()
                && reading.deadLetter().isEmpty()
                && value(now, DEAD_LETTERS).isEmpty()) {
            throw Failures.noDeadLetters();
        }
    }

    private static Map<String, String> wanted(KafkaReading reading) {
        Map<String, String> wanted = new TreeMap<>();
        wanted.put(ISOLATION, "read_committed");
        if (reading.from().equals(StartAt.EARLIEST)) {
            wanted.put(RESET, "earliest");
        }
        reading.deadLetter()
                .ifPresent(topic -> {
                    wanted.put(DEAD_LETTERS, topic);
                    wanted.put(COPY, "true");
                });
        return wanted;
    }

    private static Collection<AlterConfigOp> changes(Config now, Map<String, String> wanted) {
        List<AlterConfigOp> changes = new ArrayList<>();
        wanted.forEach((name, value) -> {
            if (!value(now, name).equals(value)) {
                changes.add(
                        new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
            }
        });
        return changes;
    }

    private static String value(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null || entry.value() == null ? "" : entry.value();
    }

    private <T> T answer(KafkaFuture<T> future) throws BackendFailure, InterruptedException {
        try {
            return future.get(timeoutMillis + 1000L, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw Failures.of(e);
        } catch (TimeoutException e) {
            throw Failures.unavailable(e);
        }
    }
}
