package footbridge.kafka.group;

import footbridge.backend.BackendFailure;
import footbridge.backend.Settlement;
import footbridge.kafka.client.Failures;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// The records that a client has and has not settled, in the order of their partitions. Offsets are
/// all that a consumer group keeps, so a record can be settled only after all before it. Confined
/// to the member's thread.
final class HeldOffsets {

    private final Map<Long, ConsumerRecord<byte[], byte[]>> byTag = new HashMap<>();
    private final Map<TopicPartition, Deque<Long>> lines = new HashMap<>();
    private long lastTag;

    int size() {
        return byTag.size();
    }

    /// @return the tag of the record's delivery
    long add(ConsumerRecord<byte[], byte[]> record) {
        lastTag++;
        byTag.put(lastTag, record);
        lines.computeIfAbsent(partition(record), _ -> new ArrayDeque<>()).add(lastTag);
        return lastTag;
    }

    /// Takes the next record of its partition.
    ///
    /// @throws BackendFailure if the partition is another member's now, or the record is not the
    ///   next
    ConsumerRecord<byte[], byte[]> take(long tag) throws BackendFailure {
        ConsumerRecord<byte[], byte[]> record = find(tag);
        Deque<Long> line = line(partition(record));
        if (!Objects.equals(line.peekFirst(), tag)) {
            throw Failures.outOfOrder();
        }
        line.removeFirst();
        byTag.remove(tag);
        return record;
    }

    /// The offsets that settle these and nothing else.
    ///
    /// @throws BackendFailure as [#take]
    Map<TopicPartition, OffsetAndMetadata> offsets(List<Settlement> settlements)
            throws BackendFailure {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        Map<TopicPartition, Iterator<Long>> next = new HashMap<>();
        for (Settlement each : settlements) {
            ConsumerRecord<byte[], byte[]> record = find(each.delivery().tag());
            TopicPartition partition = partition(record);
            Iterator<Long> line = next.computeIfAbsent(partition, p -> line(p).iterator());
            if (line.next() != each.delivery().tag()) {
                throw Failures.outOfOrder();
            }
            offsets.put(partition, after(record));
        }
        return offsets;
    }

    /// Where the group stands in the partitions of these, as long as nothing of them is settled.
    Map<TopicPartition, OffsetAndMetadata> before(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition each : partitions) {
            ConsumerRecord<byte[], byte[]> first = byTag.get(line(each).peekFirst());
            if (first != null) {
                offsets.put(each, new OffsetAndMetadata(first.offset()));
            }
        }
        return offsets;
    }

    void settle(List<Settlement> settlements) throws BackendFailure {
        for (Settlement each : settlements) {
            take(each.delivery().tag());
        }
    }

    /// The partitions are another member's now.
    void drop(Collection<TopicPartition> partitions) {
        for (TopicPartition each : partitions) {
            Deque<Long> line = lines.remove(each);
            if (line != null) {
                byTag.keySet().removeAll(new ArrayList<>(line));
            }
        }
    }

    private ConsumerRecord<byte[], byte[]> find(long tag) throws BackendFailure {
        ConsumerRecord<byte[], byte[]> record = byTag.get(tag);
        if (record == null) {
            throw Failures.revoked();
        }
        return record;
    }

    private Deque<Long> line(TopicPartition partition) {
        return lines.computeIfAbsent(partition, _ -> new ArrayDeque<>());
    }

    static TopicPartition partition(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    /// The offset that settles a record and all before it.
    static OffsetAndMetadata after(ConsumerRecord<?, ?> record) {
        return new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), "");
    }
}
