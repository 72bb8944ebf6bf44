package footbridge.backend;

import java.time.Duration;
import java.util.Optional;

/// How a subscription reads a Kafka topic, beside what its [KafkaUse] says.
///
/// @param fromEarliest whether a group that has never read the topic begins with its oldest record,
///   and not with what comes from now on
/// @param deadLetter the topic for records that subscribers refuse; empty where the rule names none
/// @param deadLettersOnNack whether a refused record must have such a topic
/// @param maxHold how long a subscriber may keep a record that it has not settled
public record KafkaReading(
        boolean fromEarliest,
        Optional<String> deadLetter,
        boolean deadLettersOnNack,
        Duration maxHold) {

    public static final Duration DEFAULT_MAX_HOLD = Duration.ofMinutes(5);

    /// From now on, and nothing else said.
    public static final KafkaReading PLAIN =
            new KafkaReading(false, Optional.empty(), false, DEFAULT_MAX_HOLD);
}
