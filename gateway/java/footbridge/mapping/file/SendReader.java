package footbridge.mapping.file;

import footbridge.backend.Backend;
import footbridge.mapping.file.Fields.Keys;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads what `send` holds beside `none`.
final class SendReader {

    private static final Keys KEYS = new Keys(List.of("exactly-once"), List.of());

    private final RuleFile file;

    SendReader(RuleFile file) {
        this.file = file;
    }

    /// Whether a message must be one that can be sent again.
    boolean exactlyOnce(Node node) {
        if (RuleFile.isNone(node)) {
            return false;
        }
        Optional<Fields> fields = Fields.of(node, "'send' must be 'none' or a mapping", KEYS, file);
        return fields.flatMap(f -> f.get("exactly-once"))
                .flatMap(value -> file.flag(value, "'exactly-once'"))
                .orElse(false);
    }

    /// What cannot be said about a target of this kind is a fault.
    void check(Node send, Backend.Kind kind) {
        if (kind == Backend.Kind.KAFKA) {
            Fields.peek(send, "exactly-once")
                    .ifPresent(node ->
                            file.fault(
                                    node,
                                    "'exactly-once' is for JMS targets: Kafka does not know a message that is sent again; leave it out"));
        }
    }
}
