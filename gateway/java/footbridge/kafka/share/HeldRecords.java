package footbridge.kafka.share;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/// The records that a member of a share group has got and not settled, by the tags of their
/// deliveries. Confined to the member's thread.
final class HeldRecords {

    private final Map<Long, Held> byTag = new LinkedHashMap<>();
    private final Map<Place, Long> tags = new HashMap<>();
    private final Set<Long> awaited = new HashSet<>();
    private long lastTag;

    private record Place(TopicPartition partition, long offset) {

        static Place of(ConsumerRecord<?, ?> record) {
            return new Place(
                    new TopicPartition(record.topic(), record.partition()), record.offset());
        }
    }

    /// @param since when the client was given it
    private record Held(ConsumerRecord<byte[], byte[]> record, long since) {}

    boolean isEmpty() {
        return byTag.isEmpty();
    }

    /// @return the tag of the record's delivery
    long add(ConsumerRecord<byte[], byte[]> record) {
        lastTag++;
        byTag.put(lastTag, new Held(record, System.nanoTime()));
        tags.put(Place.of(record), lastTag);
        return lastTag;
    }

    /// Takes a record that was renewed for the one that is held.
    ///
    /// @return false if it is not held, and so is new
    boolean replace(ConsumerRecord<byte[], byte[]> record) {
        Long tag = tags.get(Place.of(record));
        if (tag == null) {
            return false;
        }
        byTag.computeIfPresent(tag, (_, held) -> new Held(record, held.since()));
        awaited.remove(tag);
        return true;
    }

    /// @return empty if it is not held, or is away to be renewed: it cannot be settled
    Optional<ConsumerRecord<byte[], byte[]>> take(long tag) {
        Held held = byTag.remove(tag);
        if (held == null) {
            return Optional.empty();
        }
        tags.remove(Place.of(held.record()));
        return awaited.remove(tag) ? Optional.empty() : Optional.of(held.record());
    }

    List<ConsumerRecord<byte[], byte[]>> records() {
        return byTag.values().stream().map(Held::record).toList();
    }

    /// Every record has to come back before it can be settled.
    void awaitAll() {
        awaited.addAll(byTag.keySet());
    }

    boolean awaits() {
        return !awaited.isEmpty();
    }

    /// How long the client has had the first of them.
    Duration oldest() {
        return byTag.values().stream()
                .findFirst()
                .map(held -> Duration.ofNanos(System.nanoTime() - held.since()))
                .orElse(Duration.ZERO);
    }
}
