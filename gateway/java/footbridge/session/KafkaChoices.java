package footbridge.session;

import footbridge.backend.KafkaUse.Choice;
import footbridge.backend.Target;
import footbridge.stomp.Headers;
import java.util.Optional;

/// What a SEND says of its Kafka record: `kafka-key`, `kafka-partition`, `kafka-timestamp` and
/// `kafka-tombstone`, as far as the rule leaves that to clients.
final class KafkaChoices {

    private static final int MOST_DIGITS = 18;
    private static final int MOST_PARTITION_DIGITS = 9;

    private KafkaChoices() {}

    /// @throws Refusal if the client chooses what is not its to choose, or makes no sense
    static void check(Headers headers, Target.KafkaTopic topic) throws Refusal {
        for (Choice choice : Choice.values()) {
            Optional<String> value = headers.first(choice.header());
            if (value.isPresent()) {
                check(choice, value.get(), topic);
            }
        }
    }

    private static void check(Choice choice, String value, Target.KafkaTopic topic) throws Refusal {
        if (!topic.use().choices().contains(choice)) {
            throw new Refusal(
                    ErrorCode.INVALID_HEADER,
                    "This destination does not let clients choose the header %s."
                            .formatted(choice.header()));
        }
        if (!makesSense(choice, value)) {
            throw new Refusal(
                    ErrorCode.INVALID_HEADER,
                    "The header %s has a value that makes no sense.".formatted(choice.header()));
        }
    }

    private static boolean makesSense(Choice choice, String value) {
        return switch (choice) {
            case KEY -> true;
            case PARTITION -> isNumber(value, MOST_PARTITION_DIGITS);
            case TIMESTAMP -> isNumber(value, MOST_DIGITS);
            case TOMBSTONE -> value.equals("true") || value.equals("false");
        };
    }

    private static boolean isNumber(String value, int digits) {
        return !value.isEmpty()
                && value.length() <= digits
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
