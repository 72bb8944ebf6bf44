package footbridge.mapping;

import footbridge.backend.KafkaReading;
import footbridge.backend.StartAt;
import java.time.Duration;
import java.util.Optional;

/// What a rule's `subscribe` says for Kafka alone.
///
/// @param from where a subscription begins that does not say, or a group that has never read
/// @param replay whether a client may say where it begins; for broadcasts
/// @param snapshot whether the newest record of each key comes first; for broadcasts
/// @param deadLetter the topic of `dead-letter`
/// @param maxHold how long a subscriber may keep a record that it has not settled
public record KafkaTerms(
        StartAt from,
        boolean replay,
        boolean snapshot,
        Optional<String> deadLetter,
        Duration maxHold) {

    static final KafkaTerms BUILT_IN =
            new KafkaTerms(
                    StartAt.LATEST, true, false, Optional.empty(), KafkaReading.DEFAULT_MAX_HOLD);

    /// In the words of the backend.
    public KafkaReading reading(Nack nack) {
        KafkaReading begun = KafkaReading.PLAIN.from(from);
        return (snapshot ? begun.withSnapshot() : begun)
                .settled(deadLetter, nack == Nack.DEAD_LETTER, maxHold);
    }

    /// What of it has a meaning for a group.
    KafkaTerms forGroup() {
        return new KafkaTerms(
                groupMayBegin(from) ? from : BUILT_IN.from,
                BUILT_IN.replay,
                false,
                deadLetter,
                maxHold);
    }

    /// What of it has a meaning where every subscriber gets every record.
    KafkaTerms forBroadcast() {
        return new KafkaTerms(
                snapshot ? StartAt.LATEST : from,
                replay,
                snapshot,
                BUILT_IN.deadLetter,
                BUILT_IN.maxHold);
    }

    public static boolean groupMayBegin(StartAt at) {
        return at.equals(StartAt.EARLIEST) || at.equals(StartAt.LATEST);
    }
}
