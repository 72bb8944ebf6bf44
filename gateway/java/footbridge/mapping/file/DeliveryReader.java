package footbridge.mapping.file;

import footbridge.backend.Backend;
import footbridge.backend.SlowReader;
import footbridge.mapping.DeliveryTerms;
import footbridge.mapping.DestinationTemplate;
import footbridge.mapping.Nack;
import footbridge.mapping.TargetTemplate;
import footbridge.mapping.file.Fields.Keys;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// Reads what `subscribe` holds. What is not given, or given wrongly, stays as it is inherited.
final class DeliveryReader {

    static final int MAX_PREFETCH = 10_000;

    private static final Keys KEYS =
            new Keys(
                    List.of(
                            "prefetch",
                            "nack",
                            "slow",
                            "wildcards",
                            "from",
                            "replay",
                            "snapshot",
                            "dead-letter",
                            "max-hold"),
                    List.of());

    private static final List<String> FOR_KAFKA =
            List.of("from", "replay", "snapshot", "dead-letter", "max-hold");
    private static final List<String> FOR_BROADCASTS = List.of("replay", "snapshot");
    private static final List<String> FOR_GROUPS = List.of("nack", "dead-letter", "max-hold");

    private final RuleFile file;
    private final KafkaTermsReader kafka;

    DeliveryReader(RuleFile file) {
        this.file = file;
        this.kafka = new KafkaTermsReader(file);
    }

    DeliveryTerms read(Node node, DeliveryTerms inherited) {
        if (RuleFile.isNone(node)) {
            return inherited;
        }
        Optional<Fields> fields =
                Fields.of(node, "'subscribe' must be 'none' or a mapping", KEYS, file);
        return new DeliveryTerms(
                fields.flatMap(f -> f.get("prefetch"))
                        .flatMap(value -> file.number(value, "'prefetch'", 1, MAX_PREFETCH))
                        .orElse(inherited.prefetch()),
                fields.flatMap(f -> f.get("nack")).flatMap(this::nack).orElse(inherited.nack()),
                fields.flatMap(f -> f.get("slow")).flatMap(this::slow).orElse(inherited.slow()),
                fields.flatMap(f -> f.get("wildcards"))
                        .flatMap(value -> file.flag(value, "'wildcards'"))
                        .orElse(inherited.wildcards()),
                inherited.headers(),
                kafka.read(fields, inherited.kafka()));
    }

    /// What of `subscribe` cannot be said about such a target is a fault. Where `defaults` say it,
    /// the rules for other targets are meant.
    void check(Node subscribe, TargetTemplate to) {
        Fields.peek(subscribe, "slow").ifPresent(node -> checkSlow(node, to));
        if (to.kind() == Backend.Kind.JMS) {
            FOR_KAFKA.forEach(key -> refuse(subscribe, key, "is for Kafka"));
        } else if (to.sharesRecords()) {
            FOR_BROADCASTS.forEach(
                    key -> refuse(subscribe, key, "is for Kafka topics without a group"));
            kafka.checkForGroup(subscribe);
            if (to.settlesInOrder()) {
                checkOrdered(subscribe);
            }
        } else {
            FOR_GROUPS.forEach(key -> refuse(subscribe, key, "is for JMS and Kafka groups"));
            kafka.checkSnapshot(subscribe);
        }
    }

    private void checkOrdered(Node subscribe) {
        refuse(subscribe, "max-hold", "is for share groups");
        Fields.peek(subscribe, "nack")
                .filter(node -> Fields.key(node).equals(Nack.REDELIVER.word()))
                .ifPresent(node ->
                        file.fault(
                                node,
                                "a consumer group cannot deliver one record again; write 'dead-letter' or 'discard', or use a share group"));
    }

    private void refuse(Node subscribe, String key, String why) {
        Fields.peek(subscribe, key)
                .ifPresent(node -> file.fault(node, "'%s' %s; leave it out".formatted(key, why)));
    }

    private void checkSlow(Node node, TargetTemplate target) {
        Optional<SlowReader> word =
                node instanceof ScalarNode scalar
                        ? SlowReader.of(scalar.getValue())
                        : Optional.empty();
        if (word.isPresent() && !target.slow().contains(word.get())) {
            file.fault(
                    node,
                    target.slow().contains(SlowReader.PAUSE)
                            ? "a queue waits for a slow reader and loses nothing; write 'pause', or leave 'slow' out"
                            : "the reader of a JMS topic serves many clients and waits for none; write 'disconnect' or 'drop-oldest'");
        }
    }

    private Optional<SlowReader> slow(Node node) {
        Optional<String> word = file.text(node, "'slow'");
        Optional<SlowReader> slow = word.flatMap(SlowReader::of);
        if (word.isPresent() && slow.isEmpty()) {
            file.fault(node, "'slow' must be 'disconnect', 'drop-oldest', 'conflate' or 'pause'");
        }
        return slow;
    }

    /// A client may write a `*` where a variable is the whole of a word, here and at the broker.
    void checkWildcards(
            Node subscribe, Optional<DestinationTemplate> destination, TargetTemplate to) {
        Fields.peek(subscribe, "wildcards")
                .filter(RuleFile::isTrue)
                .filter(_ -> destination.isPresent())
                .filter(_ -> !to.takesWildcards(destination.get()))
                .ifPresent(node ->
                        file.fault(
                                node,
                                "'wildcards' needs a topic of a JMS broker with a variable, and each of its variables alone between '.', as it is between '/' or '.' in the destination"));
    }

    private Optional<Nack> nack(Node node) {
        Optional<String> word = file.text(node, "'nack'");
        Optional<Nack> nack = word.flatMap(Nack::of);
        if (word.isPresent() && nack.isEmpty()) {
            file.fault(node, "'nack' must be 'redeliver', 'dead-letter' or 'discard'");
        }
        return nack;
    }
}
