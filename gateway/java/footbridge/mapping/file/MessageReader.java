package footbridge.mapping.file;

import footbridge.mapping.MessageTerms;
import footbridge.mapping.Spelling;
import footbridge.mapping.file.Fields.Keys;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads `message`. What is not given, or given wrongly, stays as it is inherited.
final class MessageReader {

    private static final String TIME_TO_LIVE = "time-to-live";

    private static final Keys KEYS =
            new Keys(List.of("type", "persistent", "priority", TIME_TO_LIVE, "fixed"), List.of());

    private final RuleFile file;

    MessageReader(RuleFile file) {
        this.file = file;
    }

    MessageTerms read(Node node, MessageTerms inherited) {
        Optional<Fields> read = Fields.of(node, "'message' must be a mapping", KEYS, file);
        if (read.isEmpty()) {
            return inherited;
        }
        Fields fields = read.get();
        Map<String, String> defaults = new HashMap<>(inherited.defaults());
        fields.get("persistent")
                .flatMap(value -> file.flag(value, "'persistent'"))
                .ifPresent(value -> defaults.put(MessageTerms.PERSISTENT, value.toString()));
        fields.get("priority")
                .flatMap(value -> file.number(value, "'priority'", 0, 9))
                .ifPresent(value -> defaults.put(MessageTerms.PRIORITY, value.toString()));
        fields.get(TIME_TO_LIVE)
                .flatMap(value -> file.duration(value, "'time-to-live'"))
                .ifPresent(value ->
                        defaults.put(MessageTerms.EXPIRATION, Long.toString(value.toMillis())));
        return new MessageTerms(
                fields.get("type").flatMap(this::type).orElse(inherited.type()),
                defaults,
                fields.get("fixed").map(list -> fixed(list, defaults)).orElse(inherited.fixed()));
    }

    private Optional<MessageTerms.Type> type(Node node) {
        return switch (file.text(node, "'type'").orElse("")) {
            case "auto" -> Optional.of(MessageTerms.Type.AUTO);
            case "text" -> Optional.of(MessageTerms.Type.TEXT);
            case "bytes" -> Optional.of(MessageTerms.Type.BYTES);
            case "" -> Optional.empty();
            default -> {
                file.fault(node, "'type' must be 'auto', 'text' or 'bytes'");
                yield Optional.empty();
            }
        };
    }

    private Set<String> fixed(Node node, Map<String, String> defaults) {
        Set<String> fixed = new LinkedHashSet<>();
        for (Node entry : file.list(node, "'fixed'", "[persistent]").orElse(List.of())) {
            file.text(entry, "what is fixed")
                    .flatMap(word -> header(word, entry))
                    .filter(header -> isGiven(header, defaults, entry))
                    .ifPresent(fixed::add);
        }
        return fixed;
    }

    private Optional<String> header(String word, Node node) {
        return switch (word) {
            case "persistent" -> Optional.of(MessageTerms.PERSISTENT);
            case "priority" -> Optional.of(MessageTerms.PRIORITY);
            case TIME_TO_LIVE -> Optional.of(MessageTerms.EXPIRATION);
            default -> {
                file.fault(
                        node,
                        "'fixed' can name: persistent, priority, time-to-live; not %s"
                                .formatted(Spelling.quote(word)));
                yield Optional.empty();
            }
        };
    }

    private boolean isGiven(String header, Map<String, String> defaults, Node node) {
        if (!defaults.containsKey(header)) {
            file.fault(node, "what is fixed needs a value; give it beside 'fixed'");
            return false;
        }
        return true;
    }
}
