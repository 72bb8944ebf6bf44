package footbridge.mapping;

import footbridge.access.Grant;
import footbridge.backend.Target.Creation;
import footbridge.mapping.Fields.Keys;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads `allow`, `create` and `subscribe` with what it holds. What is not given, or given wrongly,
/// stays as it is inherited.
final class TermsReader {

    static final int MAX_PREFETCH = 10_000;

    /// What holds where no file says otherwise.
    static final Terms BUILT_IN =
            new Terms(
                    Grant.AUTHENTICATED,
                    Grant.AUTHENTICATED,
                    new Subscribing(100, Nack.REDELIVER),
                    Creation.NEVER);

    private static final Keys ALLOW = new Keys(List.of("send", "subscribe"), List.of());
    private static final Keys SUBSCRIBE =
            new Keys(
                    List.of("prefetch", "nack"),
                    List.of("slow", "from", "snapshot", "dead-letter"));

    private final RuleFile file;

    TermsReader(RuleFile file) {
        this.file = file;
    }

    Terms read(Fields fields, Terms inherited) {
        Terms terms = fields.get("allow").map(node -> allow(node, inherited)).orElse(inherited);
        return new Terms(
                terms.send(),
                terms.subscribe(),
                fields.get("subscribe")
                        .map(node -> subscribing(node, inherited.subscribing()))
                        .orElse(inherited.subscribing()),
                fields.get("create").flatMap(this::creation).orElse(inherited.creation()));
    }

    private Terms allow(Node node, Terms inherited) {
        if (node instanceof SequenceNode) {
            Grant both = roles(node).orElse(Grant.NOBODY);
            return inherited.admitting(both, both);
        }
        Optional<Fields> fields =
                Fields.of(
                        node,
                        "'allow' must be a list, like [trader, desk], or a mapping",
                        ALLOW,
                        file);
        return inherited.admitting(
                fields.flatMap(f -> f.get("send")).flatMap(this::roles).orElse(inherited.send()),
                fields.flatMap(f -> f.get("subscribe"))
                        .flatMap(this::roles)
                        .orElse(inherited.subscribe()));
    }

    private Optional<Grant> roles(Node node) {
        Optional<List<Node>> entries = file.list(node, "'allow'", "[trader, desk]");
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        Set<String> roles = new LinkedHashSet<>();
        for (Node entry : entries.get()) {
            file.text(entry, "a role").ifPresent(roles::add);
        }
        if (entries.get().isEmpty()) {
            file.fault(
                    node, "'allow' names nobody; name a role, or close the rule with 'send: none'");
        }
        return Optional.of(new Grant(roles));
    }

    private Subscribing subscribing(Node node, Subscribing inherited) {
        if (RuleFile.isNone(node)) {
            return inherited;
        }
        Optional<Fields> fields =
                Fields.of(node, "'subscribe' must be 'none' or a mapping", SUBSCRIBE, file);
        return new Subscribing(
                fields.flatMap(f -> f.get("prefetch"))
                        .flatMap(value -> file.number(value, "'prefetch'", 1, MAX_PREFETCH))
                        .orElse(inherited.prefetch()),
                fields.flatMap(f -> f.get("nack")).flatMap(this::nack).orElse(inherited.nack()));
    }

    private Optional<Nack> nack(Node node) {
        Optional<String> word = file.text(node, "'nack'");
        Optional<Nack> nack = word.flatMap(Nack::of);
        if (word.isPresent() && nack.isEmpty()) {
            file.fault(node, "'nack' must be 'redeliver', 'dead-letter' or 'discard'");
        }
        return nack;
    }

    private Optional<Creation> creation(Node node) {
        return switch (file.text(node, "'create'").orElse("never")) {
            case "never" -> Optional.of(Creation.NEVER);
            case "auto" -> Optional.of(Creation.AUTO);
            default -> {
                file.fault(node, "'create' must be 'never' or 'auto'");
                yield Optional.empty();
            }
        };
    }

    /// What `defaults` can say for the rules of its file, and a rule for itself.
    record Terms(Grant send, Grant subscribe, Subscribing subscribing, Creation creation) {

        private Terms admitting(Grant toSend, Grant toSubscribe) {
            return new Terms(toSend, toSubscribe, subscribing, creation);
        }
    }

    /// What `subscribe` can say beside `none`.
    record Subscribing(int prefetch, Nack nack) {}
}
