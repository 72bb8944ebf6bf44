package footbridge.mapping.file;

import footbridge.backend.StartAt;
import footbridge.mapping.KafkaNames;
import footbridge.mapping.KafkaTerms;
import footbridge.mapping.Spelling;
import java.time.Duration;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// Reads what `subscribe` says for Kafka alone.
final class KafkaTermsReader {

    private static final int MOST_SECONDS = 86_400;

    private final RuleFile file;

    KafkaTermsReader(RuleFile file) {
        this.file = file;
    }

    KafkaTerms read(Optional<Fields> fields, KafkaTerms inherited) {
        return new KafkaTerms(
                fields.flatMap(f -> f.get("from")).flatMap(this::from).orElse(inherited.from()),
                fields.flatMap(f -> f.get("replay"))
                        .flatMap(node -> file.flag(node, "'replay'"))
                        .orElse(inherited.replay()),
                fields.flatMap(f -> f.get("snapshot"))
                        .flatMap(node -> file.flag(node, "'snapshot'"))
                        .orElse(inherited.snapshot()),
                fields.flatMap(f -> f.get("dead-letter"))
                        .flatMap(this::topic)
                        .or(inherited::deadLetter),
                fields.flatMap(f -> f.get("max-hold"))
                        .flatMap(node -> file.number(node, "'max-hold' (seconds)", 1, MOST_SECONDS))
                        .map(Duration::ofSeconds)
                        .orElse(inherited.maxHold()));
    }

    private Optional<StartAt> from(Node node) {
        Optional<String> text = file.text(node, "'from'");
        Optional<StartAt> from = text.flatMap(StartAt::of);
        if (text.isPresent() && from.isEmpty()) {
            file.fault(node, "'from' must be %s".formatted(StartAt.FORMS));
        }
        return from;
    }

    /// A group has one place in its topic, and can only begin at an end of it.
    void checkForGroup(Node subscribe) {
        Fields.peek(subscribe, "from")
                .filter(node ->
                        node instanceof ScalarNode scalar
                                && StartAt.of(scalar.getValue())
                                        .filter(at -> !KafkaTerms.groupMayBegin(at))
                                        .isPresent())
                .ifPresent(node ->
                        file.fault(node, "'from' of a group must be 'earliest' or 'latest'"));
    }

    /// Behind a snapshot comes what is new.
    void checkSnapshot(Node subscribe) {
        Fields.peek(subscribe, "snapshot")
                .filter(RuleFile::isTrue)
                .flatMap(_ -> Fields.peek(subscribe, "from"))
                .filter(node -> !Fields.key(node).equals("latest"))
                .ifPresent(node ->
                        file.fault(
                                node,
                                "behind a snapshot comes what is new; write 'latest', or leave 'from' or 'snapshot' out"));
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
