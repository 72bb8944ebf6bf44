package footbridge.session;

import footbridge.backend.KafkaReading;
import footbridge.backend.KafkaUse.Sharing;
import footbridge.backend.StartAt;
import footbridge.backend.Target;
import footbridge.mapping.KafkaTerms;
import footbridge.mapping.Nack;
import footbridge.stomp.Headers;
import java.util.List;
import java.util.Optional;

/// Where a SUBSCRIBE wants to begin in a Kafka topic: `from` and `resume-from`. Where nothing is
/// kept to begin with, or the rule leaves no choice, they are refused: ignoring one would pretend
/// (S9).
final class ReplayHeaders {

    private static final String FROM = "from";
    private static final String RESUME_FROM = "resume-from";

    private ReplayHeaders() {}

    static KafkaReading reading(Headers headers, Target target, KafkaTerms terms, Nack nack)
            throws Refusal {
        Optional<String> from = headers.first(FROM);
        Optional<String> resumeFrom = headers.first(RESUME_FROM);
        KafkaReading byRule = terms.reading(nack);
        if (from.isEmpty() && resumeFrom.isEmpty()) {
            return byRule;
        }
        checkReplays(target);
        checkChoice(terms);
        if (from.isPresent() && resumeFrom.isPresent()) {
            throw new Refusal(
                    ErrorCode.INVALID_HEADER,
                    "The header resume-from says where to begin; leave from out.");
        }
        return resumeFrom.isPresent()
                ? byRule.resumingFrom(resumeFrom.get())
                : byRule.from(start(from.orElseThrow()));
    }

    private static void checkReplays(Target target) throws Refusal {
        boolean replays =
                target instanceof Target.KafkaTopic topic
                        && topic.use().sharing() instanceof Sharing.Broadcast;
        if (!replays) {
            throw Refusal.unsupported(
                    "To choose where to begin anywhere but in a Kafka topic without a group");
        }
    }

    private static void checkChoice(KafkaTerms terms) throws Refusal {
        if (!terms.replay()) {
            throw new Refusal(
                    ErrorCode.INVALID_HEADER,
                    "This destination does not let clients choose where to begin.");
        }
    }

    private static StartAt start(String text) throws Refusal {
        return StartAt.of(text)
                .orElseThrow(() ->
                        new Refusal(
                                ErrorCode.INVALID_HEADER,
                                "The header from must be %s.".formatted(StartAt.FORMS)));
    }

    /// For a temporary queue, which keeps nothing.
    static void checkNone(Headers headers) throws Refusal {
        if (List.of(FROM, RESUME_FROM).stream().anyMatch(name -> headers.first(name).isPresent())) {
            throw Refusal.unsupported("To choose where to begin in a temporary queue");
        }
    }
}
