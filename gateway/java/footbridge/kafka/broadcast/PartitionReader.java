package footbridge.kafka.broadcast;

import footbridge.kafka.record.Offsets;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/// The places where a reader stands in the partitions of a topic. It keeps them over an outage of
/// the cluster, so nothing is left out as long as the cluster keeps it.
///
/// Confined to the reader's thread, except for [#wakeUp].
final class PartitionReader implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(PartitionReader.class.getName());
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Duration timeout;
    private int partitions;

    /// @param timeout longest wait for an answer of the cluster
    PartitionReader(String topic, KafkaConsumer<byte[], byte[]> consumer, Duration timeout) {
        this.topic = topic;
        this.consumer = consumer;
        this.timeout = timeout;
    }

    /// Starts to read `count` partitions, each from its live end.
    ///
    /// @return the ends
    Offsets startAtEnd(int count) {
        Offsets ends = new Offsets(new long[count]);
        consumer.endOffsets(range(0, count), timeout)
                .forEach((partition, end) -> ends.set(partition.partition(), end));
        startAt(ends);
        return ends;
    }

    /// Starts to read, or goes on, at places of its own.
    void startAt(Offsets places) {
        List<TopicPartition> all = range(0, places.partitions());
        consumer.assign(all);
        all.forEach(partition -> consumer.seek(partition, places.next(partition.partition())));
        partitions = places.partitions();
    }

    /// Reads the partitions that have come since, from their beginning.
    void extendTo(int count) {
        if (count <= partitions) {
            return;
        }
        List<TopicPartition> added = range(partitions, count);
        consumer.assign(range(0, count));
        consumer.seekToBeginning(added);
        partitions = count;
        LOG.log(
                Level.INFO,
                "Kafka partitions added topic={0} partitions={1}",
                topic,
                Integer.toString(count));
    }

    /// The next records, or none when there are none for a while. Records that the cluster no
    /// longer has are passed over, and the log says so.
    ///
    /// @param gap told where it goes on then
    ConsumerRecords<byte[], byte[]> poll(Consumer<Map<TopicPartition, Long>> gap) {
        try {
            return consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            gap.accept(returnIntoRange(e));
            return ConsumerRecords.empty();
        }
    }

    /// Makes a [#poll] that is going on, or the next one, throw a `WakeupException`. Safe from any
    /// thread.
    void wakeUp() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSING));
    }

    /// A log that is not the one which was read, because its new leader lacks records, differs from
    /// a place on that may be in its range; where that is not known, it goes on at the end.
    private Map<TopicPartition, Long> returnIntoRange(OffsetOutOfRangeException why) {
        Map<TopicPartition, Long> lost = why.offsetOutOfRangePartitions();
        Map<TopicPartition, OffsetAndMetadata> differs =
                why instanceof LogTruncationException torn ? torn.divergentOffsets() : Map.of();
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(lost.keySet(), timeout);
        Map<TopicPartition, Long> ends = consumer.endOffsets(lost.keySet(), timeout);
        Map<TopicPartition, Long> found = new HashMap<>();
        lost.forEach((partition, wanted) -> {
            long beginning = beginnings.getOrDefault(partition, 0L);
            long end = Math.max(beginning, ends.getOrDefault(partition, beginning));
            OffsetAndMetadata place = differs.get(partition);
            found.put(
                    partition, Math.clamp(place == null ? wanted : place.offset(), beginning, end));
            seek(partition, wanted, found.get(partition));
        });
        return found;
    }

    private void seek(TopicPartition partition, long wanted, Long found) {
        consumer.seek(partition, found);
        LOG.log(
                Level.WARNING,
                "Kafka records gone before they were read partition={0} wanted={1} found={2}",
                partition,
                Long.toString(wanted),
                found.toString());
    }

    private List<TopicPartition> range(int from, int to) {
        List<TopicPartition> all = new ArrayList<>(to - from);
        IntStream.range(from, to).forEach(i -> all.add(new TopicPartition(topic, i)));
        return all;
    }
}
