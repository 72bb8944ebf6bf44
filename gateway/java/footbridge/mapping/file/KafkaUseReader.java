package footbridge.mapping.file;

import static java.util.stream.Collectors.joining;

import footbridge.backend.KafkaUse;
import footbridge.backend.KafkaUse.Choice;
import footbridge.backend.KafkaUse.Sharing;
import footbridge.mapping.Spelling;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads what a `to` says of a Kafka topic beside its name and key.
final class KafkaUseReader {

    static final List<String> KEYS =
            List.of("partition", "producer", "client-sets", "share-group", "group");

    private static final int MOST_PARTITIONS = 1_000_000;
    private static final String CHOICES =
            Stream.of(Choice.values()).map(Choice::word).collect(joining(", "));

    private final RuleFile file;

    KafkaUseReader(RuleFile file) {
        this.file = file;
    }

    KafkaUse read(Fields fields) {
        Optional<Integer> partition =
                fields.get("partition")
                        .flatMap(node -> file.number(node, "'partition'", 0, MOST_PARTITIONS));
        return new KafkaUse(
                partition.map(OptionalInt::of).orElse(OptionalInt.empty()),
                fields.get("producer").flatMap(node -> file.text(node, "'producer'")),
                fields.get("client-sets").map(node -> choices(node, fields)).orElse(Set.of()),
                Sharing.BROADCAST);
    }

    private Set<Choice> choices(Node node, Fields fields) {
        Set<Choice> choices = EnumSet.noneOf(Choice.class);
        List<Node> entries = file.list(node, "'client-sets'", "[key, timestamp]").orElse(List.of());
        for (Node entry : entries) {
            file.text(entry, "an entry of 'client-sets'")
                    .flatMap(word -> choice(word, entry, fields))
                    .ifPresent(choices::add);
        }
        return choices;
    }

    private Optional<Choice> choice(String word, Node entry, Fields fields) {
        Optional<Choice> choice = Choice.of(word);
        if (choice.isEmpty()) {
            file.fault(
                    entry,
                    "clients can set no %s; allowed here: %s"
                            .formatted(Spelling.quote(word), CHOICES));
        } else if (fields.has(word)) {
            file.fault(
                    entry, "'to' sets '%s' itself; leave it out of 'client-sets'".formatted(word));
        }
        return choice;
    }
}
