package footbridge.mapping.file;

import footbridge.access.Grant;
import footbridge.backend.Target.Creation;
import footbridge.mapping.SendTerms;
import footbridge.mapping.Terms;
import footbridge.mapping.file.Fields.Keys;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads what both a rule and `defaults` can say. What is not given, or given wrongly, stays as it
/// is inherited.
final class TermsReader {

    /// The keys that [#read] looks at.
    static final List<String> KEYS =
            List.of("allow", "create", "subscribe", "headers", "message", "limits", "transactions");

    private static final Keys ALLOW = new Keys(List.of("send", "subscribe"), List.of());

    private final RuleFile file;
    private final DeliveryReader deliveries;
    private final MessageReader messages;
    private final LimitsReader limits;
    private final GrantReader grants;

    TermsReader(RuleFile file) {
        this.file = file;
        this.deliveries = new DeliveryReader(file);
        this.messages = new MessageReader(file);
        this.limits = new LimitsReader(file);
        this.grants = new GrantReader(file);
    }

    /// @param variables of the rule's destination; empty if that could not be read
    Terms read(Fields fields, Terms inherited, Optional<List<String>> variables) {
        Terms terms = fields.get("allow").map(node -> allow(node, inherited)).orElse(inherited);
        HeaderReader.Both headers = headers(fields, inherited, variables);
        return new Terms(
                terms.send(),
                terms.subscribe(),
                new SendTerms(
                        headers.send(),
                        fields.get("message")
                                .map(node -> messages.read(node, inherited.sending().message()))
                                .orElse(inherited.sending().message()),
                        false),
                fields.get("subscribe")
                        .map(node -> deliveries.read(node, inherited.delivery()))
                        .orElse(inherited.delivery())
                        .with(headers.message()),
                fields.get("limits")
                        .map(node -> limits.read(node, inherited.limits()))
                        .orElse(inherited.limits()),
                fields.get("create").flatMap(this::creation).orElse(inherited.creation()),
                fields.get("transactions")
                        .flatMap(this::bestEffort)
                        .orElse(inherited.bestEffort()));
    }

    private HeaderReader.Both headers(
            Fields fields, Terms inherited, Optional<List<String>> variables) {
        var both =
                new HeaderReader.Both(
                        inherited.sending().headers(), inherited.delivery().headers());
        var reader = new HeaderReader(file, new TextTemplateReader(file, variables));
        return fields.get("headers").map(node -> reader.read(node, both)).orElse(both);
    }

    private Terms allow(Node node, Terms inherited) {
        if (node instanceof SequenceNode) {
            Grant both = grants.read(node).orElse(Grant.NOBODY);
            return inherited.admitting(both, both);
        }
        Optional<Fields> fields =
                Fields.of(
                        node,
                        "'allow' must be a list, like [trader, desk], or a mapping",
                        ALLOW,
                        file);
        return inherited.admitting(
                fields.flatMap(f -> f.get("send"))
                        .flatMap(grants::read)
                        .orElse(inherited.send().grant()),
                fields.flatMap(f -> f.get("subscribe"))
                        .flatMap(grants::read)
                        .orElse(inherited.subscribe().grant()));
    }

    private Optional<Boolean> bestEffort(Node node) {
        return switch (file.text(node, "'transactions'").orElse("exact")) {
            case "exact" -> Optional.of(false);
            case "best-effort" -> Optional.of(true);
            default -> {
                file.fault(node, "'transactions' must be 'exact' or 'best-effort'");
                yield Optional.empty();
            }
        };
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
}
