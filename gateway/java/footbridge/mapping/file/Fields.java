package footbridge.mapping.file;

import footbridge.mapping.Spelling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// The values of a YAML mapping by key, after its keys were checked.
///
/// @param node the mapping itself, for messages about what it lacks
/// @param sound whether no key was refused; else what seems to be missing may be there misspelt
record Fields(Node node, Map<String, Node> values, boolean sound) {

    Optional<Node> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /// Keeps a fault about what the mapping lacks, unless it may be there misspelt.
    void lacks(String text, RuleFile file) {
        if (sound) {
            file.fault(node, text);
        }
    }

    /// Reads the node as a mapping; a wrong key is a fault and left out.
    ///
    /// @param what how the node must be, for the message
    static Optional<Fields> of(Node node, String what, Keys keys, RuleFile file) {
        if (!(node instanceof MappingNode mapping)) {
            file.fault(node, "%s with keys of: %s".formatted(what, keys.list()));
            return Optional.empty();
        }
        Map<String, Node> values = new LinkedHashMap<>();
        Map<String, Place> seen = new LinkedHashMap<>();
        boolean sound = true;
        for (NodeTuple tuple : mapping.getValue()) {
            String key = key(tuple.getKeyNode());
            Place earlier = seen.putIfAbsent(key, file.place(tuple.getKeyNode()));
            if (earlier != null) {
                file.fault(tuple.getKeyNode(), twice(key, earlier));
            } else if (keys.accepts(key, tuple.getKeyNode(), file)) {
                values.put(key, tuple.getValueNode());
            } else {
                sound = false;
            }
        }
        return Optional.of(new Fields(node, Map.copyOf(values), sound));
    }

    /// The value of a key, without a look at the other keys and without a fault.
    static Optional<Node> peek(Node node, String key) {
        if (!(node instanceof MappingNode mapping)) {
            return Optional.empty();
        }
        return mapping.getValue().stream()
                .filter(tuple -> key(tuple.getKeyNode()).equals(key))
                .map(NodeTuple::getValueNode)
                .findFirst();
    }

    static String key(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "?";
    }

    private static String twice(String key, Place earlier) {
        return "%s is given twice, first in line %d; keep one"
                .formatted(Spelling.quote(key), earlier.line());
    }

    /// The keys that one mapping of the rule language can have.
    ///
    /// @param allowed what works
    /// @param planned what the language has a word for but this version does not carry out
    /// @param elsewhere what belongs in the mapping of one of these keys, by that key
    record Keys(List<String> allowed, List<String> planned, Map<String, List<String>> elsewhere) {

        Keys(List<String> allowed, List<String> planned) {
            this(allowed, planned, Map.of());
        }

        String list() {
            return String.join(", ", allowed);
        }

        private boolean accepts(String key, Node node, RuleFile file) {
            if (allowed.contains(key)) {
                return true;
            }
            file.fault(node, planned.contains(key) ? notYet(key) : unknown(key));
            return false;
        }

        private String unknown(String key) {
            return elsewhere.entrySet().stream()
                    .filter(entry -> entry.getValue().contains(key))
                    .map(entry ->
                            "'%s' belongs in '%s', like '%s: { %s: ... }'"
                                    .formatted(key, entry.getKey(), entry.getKey(), key))
                    .findFirst()
                    .orElseGet(() ->
                            "unknown key %s%sallowed here: %s"
                                    .formatted(
                                            Spelling.quote(key),
                                            Spelling.suggest(key, allowed),
                                            list()));
        }

        private static String notYet(String key) {
            return "'%s' is known but not supported by this version yet; leave it out"
                    .formatted(key);
        }
    }
}
