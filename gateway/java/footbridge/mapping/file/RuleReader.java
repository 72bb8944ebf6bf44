package footbridge.mapping.file;

import footbridge.backend.Backend;
import footbridge.mapping.AnswerDestinations;
import footbridge.mapping.BrokerNames;
import footbridge.mapping.DestinationTemplate;
import footbridge.mapping.Part;
import footbridge.mapping.Rule;
import footbridge.mapping.Segment;
import footbridge.mapping.Spelling;
import footbridge.mapping.TargetTemplate;
import footbridge.mapping.TemplateParser;
import footbridge.mapping.Terms;
import footbridge.mapping.file.Fields.Keys;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads one entry of `rules`.
public final class RuleReader {

    private static final Keys KEYS =
            new Keys(
                    List.of(
                            "destination",
                            "to",
                            "create",
                            "allow",
                            "send",
                            "subscribe",
                            "headers",
                            "message",
                            "limits",
                            "transactions"),
                    List.of(),
                    Map.of(
                            "to", List.of("jms", "kafka", "queue", "topic", "key", "share-group"),
                            "subscribe", List.of("prefetch", "nack", "slow", "wildcards", "from"),
                            "send", List.of("exactly-once"),
                            "message", List.of("type", "persistent", "priority", "time-to-live"),
                            "limits", List.of("body", "sends-per-second", "subscriptions")));

    private final RuleFile file;
    private final TargetReader targets;
    private final TermsReader terms;
    private final DeliveryReader deliveries;
    private final SendReader sends;

    RuleReader(RuleFile file, BrokerNames names) {
        this.file = file;
        this.targets = new TargetReader(file, names);
        this.terms = new TermsReader(file);
        this.deliveries = new DeliveryReader(file);
        this.sends = new SendReader(file);
    }

    /// The rule; empty if not even its destination could be read.
    Optional<Draft> read(Node node, Terms defaults) {
        Optional<Fields> read = Fields.of(node, "a rule must be a mapping", KEYS, file);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = read.get();
        Optional<DestinationTemplate> destination =
                required(fields, "destination", "like /queue/orders").flatMap(this::destination);
        Optional<List<String>> variables = destination.map(DestinationTemplate::variables);
        Terms own = switched(terms.read(fields, defaults, variables), fields);
        Optional<TargetTemplate> to =
                required(fields, "to", "like { jms: NAME, queue: orders }")
                        .flatMap(target -> targets.read(target, variables, own.creation()));
        to.ifPresent(target -> check(fields, destination, target));
        return destination.map(template ->
                new Draft(
                        file.place(fields.get("destination").orElse(node)),
                        template,
                        to.map(target -> rule(template, target, own, fields))));
    }

    private Terms switched(Terms own, Fields fields) {
        boolean subscribable = fields.get("subscribe").filter(RuleFile::isNone).isEmpty();
        boolean sendable = fields.get("send").filter(RuleFile::isNone).isEmpty();
        return own.open(own.send().onlyIf(sendable), own.subscribe().onlyIf(subscribable))
                .exactlyOnce(fields.get("send").filter(sends::exactlyOnce).isPresent());
    }

    private Rule rule(
            DestinationTemplate destination, TargetTemplate to, Terms own, Fields fields) {
        return new Rule(
                destination.text(), to, own.forTarget(to), file.place(fields.node()).origin());
    }

    /// What cannot be said about such a target is a fault, unless `defaults` say it.
    private void check(
            Fields fields, Optional<DestinationTemplate> destination, TargetTemplate to) {
        Backend.Kind kind = to.kind();
        fields.get("send").ifPresent(send -> sends.check(send, kind));
        fields.get("subscribe")
                .ifPresent(subscribe -> {
                    deliveries.check(subscribe, to);
                    deliveries.checkWildcards(subscribe, destination, to);
                });
        if (kind == Backend.Kind.KAFKA) {
            fields.get("message")
                    .ifPresent(node ->
                            file.fault(
                                    node,
                                    "'message' is for JMS targets, a record has none of it; leave it out"));
        }
    }

    private Optional<Node> required(Fields fields, String key, String example) {
        Optional<Node> value = fields.get(key);
        if (value.isEmpty()) {
            fields.lacks("the rule has no '%s'; add one, %s".formatted(key, example), file);
        }
        return value;
    }

    private Optional<DestinationTemplate> destination(Node node) {
        Optional<String> text = file.text(node, "'destination'");
        return text.filter(t -> isDestination(t, node))
                .flatMap(t -> new TemplateParser(t, fault -> file.fault(node, fault)).parse())
                .filter(parts -> hasOwnNames(parts, text.orElseThrow(), node))
                .filter(parts -> isRestLast(parts, text.orElseThrow(), node))
                .map(parts -> DestinationTemplate.of(text.orElseThrow(), parts));
    }

    private boolean isDestination(String text, Node node) {
        if (!text.startsWith("/")) {
            file.fault(node, "destination %s must start with '/'".formatted(Spelling.quote(text)));
            return false;
        }
        Optional<String> answers = AnswerDestinations.prefixOf(text);
        if (answers.isPresent()) {
            file.fault(
                    node,
                    "destinations under %s are for questions and answers and never looked for in the rules; choose another"
                            .formatted(answers.get()));
            return false;
        }
        boolean clean =
                text.chars()
                        .noneMatch(c ->
                                "*#>".indexOf(c) >= 0
                                        || Character.isWhitespace(c)
                                        || !Spelling.isSeen(c));
        if (!clean) {
            file.fault(
                    node,
                    "destination %s holds a wildcard, a blank or something unseen; where clients may differ write {name}"
                            .formatted(Spelling.quote(text)));
        }
        return clean;
    }

    private boolean hasOwnNames(List<Part> parts, String text, Node node) {
        Set<String> names = new HashSet<>();
        for (Part part : parts) {
            if (part instanceof Part.Personal) {
                file.fault(
                        node,
                        "%s uses %s, which belongs in 'to'; use {name} for what clients choose"
                                .formatted(Spelling.quote(text), part));
                return false;
            }
            if (part instanceof Part.Chosen variable && !names.add(variable.key())) {
                file.fault(
                        node,
                        "%s has %s twice; give each variable a name of its own"
                                .formatted(Spelling.quote(text), variable));
                return false;
            }
        }
        return true;
    }

    /// `{rest...}` is the whole of the last segment.
    private boolean isRestLast(List<Part> parts, String text, Node node) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Part.Rest rest) {
                boolean whole =
                        parts.get(i - 1) instanceof Part.Literal(var before)
                                && Segment.isSeparator(before.charAt(before.length() - 1));
                if (!whole || i + 1 < parts.size()) {
                    file.fault(
                            node,
                            "%s has %s amid other text; it stands at the end, behind '/' or '.'"
                                    .formatted(Spelling.quote(text), rest));
                    return false;
                }
            }
        }
        return true;
    }

    /// A rule as far as its file allowed to read it.
    ///
    /// @param place where its destination stands
    /// @param rule empty if something else in the rule was at fault
    public record Draft(Place place, DestinationTemplate destination, Optional<Rule> rule) {}
}
