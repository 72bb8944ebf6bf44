package footbridge.kafka.group;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/// What a transaction settles of one member's partitions.
///
/// @param group who the member is now; the cluster takes nothing from one that it was earlier
public record SettledOffsets(
        Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {

    /// Makes it a part of the producer's transaction.
    public void addTo(Producer<byte[], byte[]> producer) {
        producer.sendOffsetsToTransaction(offsets, group);
    }
}
