package footbridge.backend;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/// How a rule uses a Kafka topic, beside its name and key.
///
/// @param partition where every SEND goes; empty for Kafka's own choice, by key
/// @param producer the named producer of the settings that sends; empty for the common one
/// @param choices what a SEND may say of its record
/// @param sharing who gets which records
/// @param filter headers that a record must have, with their values, to be delivered; for
///   broadcasts
public record KafkaUse(
        OptionalInt partition,
        Optional<String> producer,
        Set<Choice> choices,
        Sharing sharing,
        Map<String, String> filter) {

    /// Nothing said: Kafka chooses the partition, clients choose nothing, the common producer, and
    /// all subscribers get everything.
    public static final KafkaUse PLAIN =
            new KafkaUse(OptionalInt.empty(), Optional.empty(), Set.of(), Sharing.BROADCAST);

    public KafkaUse {
        choices = Set.copyOf(choices);
        filter = Map.copyOf(filter);
    }

    /// Every record is delivered.
    public KafkaUse(
            OptionalInt partition,
            Optional<String> producer,
            Set<Choice> choices,
            Sharing sharing) {
        this(partition, producer, choices, sharing, Map.of());
    }

    /// The same in a group.
    public KafkaUse with(Sharing other) {
        return new KafkaUse(partition, producer, choices, other, filter);
    }

    /// The same for the records with these headers.
    public KafkaUse with(Map<String, String> headers) {
        return new KafkaUse(partition, producer, choices, sharing, headers);
    }

    /// How the records of the topic are shared among its subscribers.
    public sealed interface Sharing {

        Sharing BROADCAST = new Broadcast();

        /// Every subscriber gets every record.
        record Broadcast() implements Sharing {}

        /// The subscribers of the share group get each record once between them, whatever its
        /// partition, and settle it for itself.
        record ShareGroup(String group) implements Sharing {}

        /// The subscribers of the consumer group share the partitions of the topic, and settle the
        /// records of each in order.
        record ConsumerGroup(String group) implements Sharing {}
    }

    /// What a rule may leave to the headers of a SEND.
    public enum Choice {
        /// `kafka-key`: a text.
        KEY,
        /// `kafka-partition`: a number from 0.
        PARTITION,
        /// `kafka-timestamp`: milliseconds since 1970.
        TIMESTAMP,
        /// `kafka-tombstone`: with `true` the record has no value, and deletes its key.
        TOMBSTONE;

        /// The word of the rule files.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// The header that says it.
        public String header() {
            return "kafka-" + word();
        }

        public static Optional<Choice> of(String word) {
            return Stream.of(values()).filter(choice -> choice.word().equals(word)).findFirst();
        }
    }
}
