package footbridge.mapping.file;

import footbridge.mapping.KafkaNames;
import footbridge.mapping.Part;
import footbridge.mapping.SafeText;
import footbridge.mapping.Spelling;
import footbridge.mapping.TemplateParser;
import footbridge.mapping.TextTemplate;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads the texts of a target that may hold placeholders, and checks what can be known before they
/// are filled in.
final class TextTemplateReader {

    /// What has a meaning of its own in names at JMS brokers: wildcards, options, lists.
    private static final String NOT_IN_JMS_NAMES = "*#>?&,;";

    private final RuleFile file;
    private final Optional<List<String>> variables;

    /// @param variables what may be used; empty if that is not known
    TextTemplateReader(RuleFile file, Optional<List<String>> variables) {
        this.file = file;
        this.variables = variables;
    }

    Optional<TextTemplate> jmsName(Node node, String word) {
        return text(node, "'%s'".formatted(word)).filter(name -> isJmsName(name, node, word));
    }

    Optional<TextTemplate> kafkaTopic(Node node) {
        return text(node, "'topic'").filter(name -> isKafkaTopic(name, node));
    }

    Optional<TextTemplate> text(Node node, String what) {
        return parse(node, what).filter(template -> isSound(template, node));
    }

    private Optional<TextTemplate> parse(Node node, String what) {
        Optional<String> text = file.text(node, what);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return new TemplateParser(text.get(), fault -> file.fault(node, fault))
                .parse()
                .map(parts -> new TextTemplate(text.get(), parts));
    }

    /// The value of a header. Nobody takes it apart to find a place by it, so placeholders may
    /// stand beside each other's text.
    Optional<TextTemplate> header(Node node, String what) {
        return parse(node, what)
                .filter(template -> areKnown(template, node))
                .filter(template -> isOneLine(template, node, what));
    }

    private boolean isOneLine(TextTemplate template, Node node, String what) {
        boolean clean = template.text().chars().noneMatch(Character::isISOControl);
        if (!clean) {
            file.fault(node, what + " holds a control character, which no header takes");
        }
        return clean;
    }

    private boolean isSound(TextTemplate template, Node node) {
        boolean known = areKnown(template, node);
        return isClientApart(template, node) && known;
    }

    private boolean areKnown(TextTemplate template, Node node) {
        boolean sound = true;
        for (Part part : template.parts()) {
            if (part instanceof Part.Chosen variable && !isKnown(variable)) {
                file.fault(node, unknown(variable));
                sound = false;
            }
        }
        return sound;
    }

    private boolean isKnown(Part.Chosen variable) {
        return variables.isEmpty() || variables.get().contains(variable.key());
    }

    private String unknown(Part.Chosen variable) {
        List<String> known = variables.orElse(List.of());
        String has =
                known.isEmpty()
                        ? "the destination has no variables"
                        : "the destination has: " + String.join(", ", known);
        return "unknown variable %s%s%s"
                .formatted(variable, Spelling.suggest(variable.key(), known), has);
    }

    /// `USER.{$user}-{name}` would give user `a` with name `b-c` what belongs to user `a-b` with
    /// name `c`. So beside a placeholder that is about the client there must be a character that no
    /// value can hold.
    private boolean isClientApart(TextTemplate template, Node node) {
        List<Part> parts = template.parts();
        for (int i = 2; i < parts.size(); i++) {
            Part before = parts.get(i - 2);
            Part after = parts.get(i);
            if ((before instanceof Part.Personal || after instanceof Part.Personal)
                    && parts.get(i - 1) instanceof Part.Literal literal
                    && literal.text().chars().allMatch(c -> SafeText.isSafe((char) c))) {
                file.fault(
                        node,
                        "%s and %s need a '.' between them: with '%s' a client could reach what is another's"
                                .formatted(before, after, literal.text()));
                return false;
            }
        }
        return true;
    }

    private boolean isJmsName(TextTemplate name, Node node, String word) {
        // No placeholder holds any of these.
        for (int i = 0; i < name.text().length(); i++) {
            char c = name.text().charAt(i);
            boolean bad = NOT_IN_JMS_NAMES.indexOf(c) >= 0 || Character.isWhitespace(c);
            if (bad || Character.isISOControl(c)) {
                file.fault(
                        node,
                        "'%s' holds '%s', which brokers do not take as part of a name; name one %s"
                                .formatted(word, Character.isISOControl(c) ? '?' : c, word));
                return false;
            }
        }
        if (name.text().contains("::")) {
            file.fault(node, "'%s' holds '::'; name the %s alone".formatted(word, word));
            return false;
        }
        return true;
    }

    private boolean isKafkaTopic(TextTemplate topic, Node node) {
        if (KafkaNames.isLegal(topic.shortest())) {
            return true;
        }
        file.fault(
                node,
                "%s is no name for a Kafka topic; use letters, digits, '.', '_' and '-', at most 249"
                        .formatted(Spelling.quote(topic.text())));
        return false;
    }
}
