package footbridge.mapping.file;

import footbridge.mapping.HeaderTerms;
import footbridge.mapping.Spelling;
import footbridge.mapping.file.Fields.Keys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads `headers`.
final class HeaderReader {

    private static final Keys DIRECTIONS = new Keys(List.of("send", "message"), List.of());
    private static final Keys CHANGES = new Keys(List.of("set", "rename", "drop"), List.of());

    private static final Pattern NAME = Pattern.compile("[^\\s:\\p{Cntrl}]{1,200}");

    /// Those by which gateway and client speak to each other, and that which the gateway
    /// translates.
    private static final Set<String> PROTOCOL =
            Set.of(
                    "destination",
                    "receipt",
                    "transaction",
                    "content-length",
                    "message-id",
                    "subscription",
                    "ack",
                    "reply-to");

    /// What `message` speaks of.
    private static final Set<String> OF_THE_MESSAGE =
            Set.of("persistent", "priority", "expires", "expiration");

    private final RuleFile file;
    private final TextTemplateReader texts;

    HeaderReader(RuleFile file, TextTemplateReader texts) {
        this.file = file;
        this.texts = texts;
    }

    /// What both directions say.
    record Both(HeaderTerms send, HeaderTerms message) {}

    Both read(Node node, Both inherited) {
        Optional<Fields> fields = Fields.of(node, "'headers' must be a mapping", DIRECTIONS, file);
        return new Both(
                fields.flatMap(f -> f.get("send"))
                        .map(send -> inherited.send().with(changes(send, "send")))
                        .orElse(inherited.send()),
                fields.flatMap(f -> f.get("message"))
                        .map(message -> inherited.message().with(changes(message, "message")))
                        .orElse(inherited.message()));
    }

    private HeaderTerms changes(Node node, String direction) {
        Optional<Fields> fields =
                Fields.of(node, "'%s' must be a mapping".formatted(direction), CHANGES, file);
        return new HeaderTerms(
                fields.flatMap(f -> f.get("rename")).map(this::renamed).orElse(Map.of()),
                fields.flatMap(f -> f.get("drop")).map(this::dropped).orElse(Set.of()),
                fields.flatMap(f -> f.get("set"))
                        .map(set -> settings(set, direction.equals("send")))
                        .orElse(List.of()));
    }

    private List<HeaderTerms.Setting> settings(Node node, boolean send) {
        List<HeaderTerms.Setting> settings = new ArrayList<>();
        file.entries(node, "'set'", "{ x-source: web }")
                .forEach((name, value) -> {
                    if (send && OF_THE_MESSAGE.contains(name)) {
                        file.fault(
                                value,
                                "'%s' is not set here; say it with 'message: { ... }' of the rule"
                                        .formatted(name));
                    } else if (isName(name, value)) {
                        texts.header(value, Spelling.quote(name))
                                .ifPresent(
                                        text -> settings.add(new HeaderTerms.Setting(name, text)));
                    }
                });
        return settings;
    }

    private Map<String, String> renamed(Node node) {
        Map<String, String> renamed = new LinkedHashMap<>();
        file.entries(node, "'rename'", "{ old-name: new-name }")
                .forEach((from, value) -> {
                    Optional<String> to = file.text(value, Spelling.quote(from));
                    if (to.isPresent() && isName(from, value) && isName(to.get(), value)) {
                        if (renamed.containsValue(to.get())) {
                            file.fault(
                                    value,
                                    "two headers are renamed to %s; give each a name of its own"
                                            .formatted(Spelling.quote(to.get())));
                        }
                        renamed.put(from, to.get());
                    }
                });
        return renamed;
    }

    private Set<String> dropped(Node node) {
        Set<String> dropped = new LinkedHashSet<>();
        for (Node entry : file.list(node, "'drop'", "[x-debug]").orElse(List.of())) {
            file.text(entry, "the name of a header")
                    .filter(name -> isName(name, entry))
                    .ifPresent(dropped::add);
        }
        return dropped;
    }

    private boolean isName(String name, Node node) {
        if (PROTOCOL.contains(name)) {
            file.fault(node, "the header '%s' is the protocol's; leave it out".formatted(name));
            return false;
        }
        if (!NAME.matcher(name).matches()) {
            file.fault(
                    node,
                    "%s is no name for a header; it has 1 to 200 characters, no blank and no ':'"
                            .formatted(Spelling.quote(name)));
            return false;
        }
        return true;
    }
}
