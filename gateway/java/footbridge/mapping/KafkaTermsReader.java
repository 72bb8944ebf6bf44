package footbridge.mapping;

import java.time.Duration;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads what `subscribe` says for Kafka alone.
final class KafkaTermsReader {

    private static final int MOST_SECONDS = 86_400;

    private final RuleFile file;

    KafkaTermsReader(RuleFile file) {
        this.file = file;
    }

    KafkaTerms read(Optional<Fields> fields, KafkaTerms inherited) {
        return new KafkaTerms(
                fields.flatMap(f -> f.get("from"))
                        .flatMap(this::fromEarliest)
                        .orElse(inherited.fromEarliest()),
                fields.flatMap(f -> f.get("dead-letter"))
                        .flatMap(this::topic)
                        .or(inherited::deadLetter),
                fields.flatMap(f -> f.get("max-hold"))
                        .flatMap(node -> file.number(node, "'max-hold' (seconds)", 1, MOST_SECONDS))
                        .map(Duration::ofSeconds)
                        .orElse(inherited.maxHold()));
    }

    private Optional<Boolean> fromEarliest(Node node) {
        return switch (file.text(node, "'from'").orElse("latest")) {
            case "earliest" -> Optional.of(true);
            case "latest" -> Optional.of(false);
            default -> {
                file.fault(node, "'from' must be 'earliest' or 'latest'");
                yield Optional.empty();
            }
        };
    }

    private Optional<String> topic(Node node) {
        Optional<String> topic = file.text(node, "'dead-letter'");
        if (topic.isPresent() && !KafkaNames.isLegal(topic.get())) {
            file.fault(
                    node,
                    "%s is no name for a Kafka topic; use letters, digits, '.', '_' and '-', at most 249"
                            .formatted(Spelling.quote(topic.get())));
            return Optional.empty();
        }
        return topic;
    }
}
