package footbridge.mapping;

import footbridge.backend.KafkaReading;
import java.time.Duration;
import java.util.Optional;

/// What a rule's `subscribe` says for Kafka alone.
///
/// @param fromEarliest `from: earliest`
/// @param deadLetter the topic of `dead-letter`
/// @param maxHold how long a subscriber may keep a record that it has not settled
public record KafkaTerms(boolean fromEarliest, Optional<String> deadLetter, Duration maxHold) {

    static final KafkaTerms BUILT_IN =
            new KafkaTerms(false, Optional.empty(), KafkaReading.DEFAULT_MAX_HOLD);

    /// In the words of the backend.
    public KafkaReading reading(Nack nack) {
        return new KafkaReading(fromEarliest, deadLetter, nack == Nack.DEAD_LETTER, maxHold);
    }
}
