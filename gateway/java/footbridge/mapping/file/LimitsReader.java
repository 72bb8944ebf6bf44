package footbridge.mapping.file;

import footbridge.mapping.Limits;
import footbridge.mapping.file.Fields.Keys;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads `limits`. What is not given, or given wrongly, stays as it is inherited.
final class LimitsReader {

    private static final int MOST = 1_000_000;

    private static final Keys KEYS =
            new Keys(List.of("body", "sends-per-second", "subscriptions"), List.of());

    private final RuleFile file;

    LimitsReader(RuleFile file) {
        this.file = file;
    }

    Limits read(Node node, Limits inherited) {
        Optional<Fields> fields = Fields.of(node, "'limits' must be a mapping", KEYS, file);
        return new Limits(
                value(fields, "body", n -> file.size(n, "'body'"), inherited.body()),
                value(
                        fields,
                        "sends-per-second",
                        n -> file.number(n, "'sends-per-second'", 1, MOST),
                        inherited.sendsPerSecond()),
                value(
                        fields,
                        "subscriptions",
                        n -> file.number(n, "'subscriptions'", 1, MOST),
                        inherited.subscriptions()));
    }

    private static OptionalInt value(
            Optional<Fields> fields,
            String key,
            Function<Node, Optional<Integer>> reader,
            OptionalInt inherited) {
        return fields.flatMap(f -> f.get(key))
                .flatMap(reader)
                .map(OptionalInt::of)
                .orElse(inherited);
    }
}
