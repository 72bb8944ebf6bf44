package footbridge.backend;

import java.time.Duration;
import java.util.Optional;

/// How a subscription reads a Kafka topic, beside what its [KafkaUse] says.
///
/// @param from where it begins; of a group, one that has never read the topic
/// @param snapshot whether the newest record of each key comes first, where it begins with what
///   comes from now on. For broadcasts of compacted topics
/// @param resumeFrom the position behind which it goes on, as a message had it: then `from` has no
///   meaning. For broadcasts
/// @param deadLetter the topic for records that subscribers refuse; empty where the rule names none
/// @param deadLettersOnNack whether a refused record must have such a topic
/// @param maxHold how long a subscriber may keep a record that it has not settled
public record KafkaReading(
        StartAt from,
        boolean snapshot,
        Optional<String> resumeFrom,
        Optional<String> deadLetter,
        boolean deadLettersOnNack,
        Duration maxHold) {

    public static final Duration DEFAULT_MAX_HOLD = Duration.ofMinutes(5);

    /// From now on, and nothing else said.
    public static final KafkaReading PLAIN =
            new KafkaReading(
                    StartAt.LATEST,
                    false,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    DEFAULT_MAX_HOLD);

    /// Beginning elsewhere, and with no snapshot.
    public KafkaReading from(StartAt other) {
        return new KafkaReading(other, false, resumeFrom, deadLetter, deadLettersOnNack, maxHold);
    }

    /// With the newest record of each key first.
    public KafkaReading withSnapshot() {
        return new KafkaReading(from, true, resumeFrom, deadLetter, deadLettersOnNack, maxHold);
    }

    /// With these terms for records that subscribers hold or refuse.
    public KafkaReading settled(Optional<String> deadLetters, boolean needed, Duration mostHold) {
        return new KafkaReading(from, snapshot, resumeFrom, deadLetters, needed, mostHold);
    }

    /// Going on behind a position.
    public KafkaReading resumingFrom(String position) {
        return new KafkaReading(
                from, snapshot, Optional.of(position), deadLetter, deadLettersOnNack, maxHold);
    }
}
