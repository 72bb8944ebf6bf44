package footbridge.mapping.file;

import footbridge.access.Admission;
import footbridge.access.Grant;
import footbridge.mapping.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads a list of `allow`. An entry is `anonymous`, `authenticated` or a role; what has a `:` says
/// with the word before it what it is: `role:`, `user:` or `claim:`.
final class GrantReader {

    private static final List<String> KINDS = List.of("role", "user", "claim");

    private final RuleFile file;

    GrantReader(RuleFile file) {
        this.file = file;
    }

    /// The grant; empty if the node is no list.
    Optional<Grant> read(Node node) {
        Optional<List<Node>> entries = file.list(node, "'allow'", "[trader, desk]");
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        List<Admission> admissions = new ArrayList<>();
        for (Node entry : entries.get()) {
            file.text(entry, "a role")
                    .flatMap(text -> admission(text, entry))
                    .ifPresent(admissions::add);
        }
        if (entries.get().isEmpty()) {
            file.fault(
                    node, "'allow' names nobody; name a role, or close the rule with 'send: none'");
        }
        return Optional.of(new Grant(admissions));
    }

    private Optional<Admission> admission(String text, Node node) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return Optional.of(
                    switch (text) {
                        case Admission.Anyone.WORD -> new Admission.Anyone();
                        case Admission.LoggedIn.WORD -> new Admission.LoggedIn();
                        default -> new Admission.Role(text);
                    });
        }
        String kind = text.substring(0, colon);
        String name = text.substring(colon + 1);
        return switch (kind) {
            case "role" -> named(name, kind, node).map(Admission.Role::new);
            case "user" -> named(name, kind, node).map(Admission.User::new);
            case "claim" -> claim(name, node);
            default -> {
                file.fault(
                        node,
                        "%s is no kind of client%swrite role:, user: or claim: before the ':'"
                                .formatted(Spelling.quote(kind), Spelling.suggest(kind, KINDS)));
                yield Optional.empty();
            }
        };
    }

    private Optional<String> named(String name, String kind, Node node) {
        if (name.isEmpty() || !name.equals(name.strip())) {
            file.fault(node, "'%s:' must be followed at once by a name".formatted(kind));
            return Optional.empty();
        }
        return Optional.of(name);
    }

    private Optional<Admission> claim(String text, Node node) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            file.fault(
                    node,
                    "'claim:' must be followed by a name and a value, like claim:tenant=acme");
            return Optional.empty();
        }
        return Optional.of(
                new Admission.Claim(text.substring(0, equals), text.substring(equals + 1)));
    }
}
