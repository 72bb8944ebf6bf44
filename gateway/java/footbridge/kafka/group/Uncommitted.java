package footbridge.kafka.group;

import footbridge.backend.BackendFailure;
import footbridge.backend.Confirmation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// What clients have settled and the group does not know yet, and who waits for that. Confined to
/// the member's thread.
final class Uncommitted {

    private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    private final List<ConsumerRecord<byte[], byte[]>> refused = new ArrayList<>();
    private final List<Confirmation> waiting = new ArrayList<>();

    boolean isEmpty() {
        return offsets.isEmpty() && waiting.isEmpty();
    }

    void acknowledge(ConsumerRecord<byte[], byte[]> record) {
        offsets.put(HeldOffsets.partition(record), HeldOffsets.after(record));
    }

    void refuse(ConsumerRecord<byte[], byte[]> record) {
        acknowledge(record);
        refused.add(record);
    }

    void await(Confirmation confirmation) {
        waiting.add(confirmation);
    }

    Map<TopicPartition, OffsetAndMetadata> offsets() {
        return Map.copyOf(offsets);
    }

    /// Records that become dead letters.
    List<ConsumerRecord<byte[], byte[]>> refused() {
        return List.copyOf(refused);
    }

    /// The group has it.
    void committed() {
        List<Confirmation> told = List.copyOf(waiting);
        forget();
        told.forEach(Confirmation::confirmed);
    }

    /// Whoever waits is told; what was settled may still become known to the group.
    ///
    /// @return whether anybody waited
    boolean tell(BackendFailure why) {
        List<Confirmation> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(each -> each.failed(why));
        return !told.isEmpty();
    }

    void forget() {
        offsets.clear();
        refused.clear();
        waiting.clear();
    }

    /// The partitions are another member's now.
    ///
    /// @return whether something was settled there that the group will not know
    boolean drop(Collection<TopicPartition> partitions) {
        refused.removeIf(record -> partitions.contains(HeldOffsets.partition(record)));
        return offsets.keySet().removeAll(partitions);
    }
}
