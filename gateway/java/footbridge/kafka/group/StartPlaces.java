package footbridge.kafka.group;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Where a group begins that has no place in a partition yet, or whose place is gone. Confined to
/// the member's thread.
final class StartPlaces {

    private static final System.Logger LOG = System.getLogger(StartPlaces.class.getName());

    private final Consumer<byte[], byte[]> consumer;
    private final boolean fromEarliest;
    private final int knownPartitions;
    private final Duration timeout;

    /// @param fromEarliest whether it begins with the oldest record, and not with what comes
    /// @param knownPartitions how many partitions the topic had when the member came; those added
    ///   later are read from their beginning
    StartPlaces(
            Consumer<byte[], byte[]> consumer,
            boolean fromEarliest,
            int knownPartitions,
            Duration timeout) {
        this.consumer = consumer;
        this.fromEarliest = fromEarliest;
        this.knownPartitions = knownPartitions;
        this.timeout = timeout;
    }

    /// Places the consumer where the group has no offset.
    ///
    /// @return the places, which the group must be told: if the member left before it has settled
    ///   anything, the next one would begin later, and what came between would be lost
    Map<TopicPartition, OffsetAndMetadata> begin(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> known =
                Waking.again(() -> consumer.committed(partitions, timeout));
        Set<TopicPartition> fresh =
                partitions.stream()
                        .filter(each -> known.get(each) == null)
                        .collect(Collectors.toSet());
        Map<TopicPartition, OffsetAndMetadata> places = new HashMap<>();
        starts(fresh)
                .forEach((partition, offset) -> {
                    consumer.seek(partition, offset);
                    places.put(partition, new OffsetAndMetadata(offset));
                });
        return places;
    }

    private Map<TopicPartition, Long> starts(Set<TopicPartition> fresh) {
        Map<Boolean, Set<TopicPartition>> early =
                fresh.stream()
                        .collect(Collectors.partitioningBy(this::beginsEarly, Collectors.toSet()));
        Map<TopicPartition, Long> starts = new HashMap<>();
        starts.putAll(beginnings(early.getOrDefault(true, Set.of())));
        starts.putAll(ends(early.getOrDefault(false, Set.of())));
        return starts;
    }

    private boolean beginsEarly(TopicPartition partition) {
        return fromEarliest || partition.partition() >= knownPartitions;
    }

    /// Goes on with what is left where the cluster has deleted what the group would read next.
    void returnIntoRange(Map<TopicPartition, Long> lost) {
        Map<TopicPartition, Long> beginnings = beginnings(lost.keySet());
        Map<TopicPartition, Long> ends = ends(lost.keySet());
        lost.forEach((partition, wanted) -> {
            long beginning = beginnings.getOrDefault(partition, 0L);
            long end = Math.max(beginning, ends.getOrDefault(partition, beginning));
            long found = Math.clamp(wanted, beginning, end);
            consumer.seek(partition, found);
            LOG.log(
                    Level.WARNING,
                    "Kafka records gone before their group read them partition={0} wanted={1} found={2}",
                    partition,
                    Long.toString(wanted),
                    Long.toString(found));
        });
    }

    private Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions) {
        return partitions.isEmpty()
                ? Map.of()
                : Waking.again(() -> consumer.beginningOffsets(partitions, timeout));
    }

    private Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return partitions.isEmpty()
                ? Map.of()
                : Waking.again(() -> consumer.endOffsets(partitions, timeout));
    }
}
