package footbridge.mapping.file;

import footbridge.mapping.Spelling;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// One rule file while it is read: turns nodes into values and keeps the mistakes with their place.
///
/// @param name the file's path from the folder of the rules on
record RuleFile(String name, Faults faults) {

    Place place(Node node) {
        return Place.at(name, node.getStartMark());
    }

    void fault(Node node, String text) {
        faults.add(place(node), text);
    }

    /// The node as a text that is not empty.
    ///
    /// @param what the node in words, for the message
    Optional<String> text(Node node, String what) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
            if (scalar.getValue().isEmpty()) {
                fault(node, what + " is empty");
                return Optional.empty();
            }
            return Optional.of(scalar.getValue());
        }
        fault(node, what + " must be a text" + hint(node));
        return Optional.empty();
    }

    /// The node as a whole number within bounds.
    Optional<Integer> number(Node node, String what, int least, int most) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
            try {
                int value = Integer.parseInt(scalar.getValue());
                if (value >= least && value <= most) {
                    return Optional.of(value);
                }
            } catch (NumberFormatException _) {
                // Too long for an int: out of bounds like any other.
            }
        }
        fault(node, "%s must be a whole number from %d to %d".formatted(what, least, most));
        return Optional.empty();
    }

    Optional<Boolean> flag(Node node, String what) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
            return Optional.of(Boolean.valueOf(scalar.getValue()));
        }
        fault(node, what + " must be true or false");
        return Optional.empty();
    }

    /// The node as a number of octets.
    Optional<Integer> size(Node node, String what) {
        Optional<Integer> size =
                node instanceof ScalarNode scalar
                        ? Units.octets(scalar.getValue())
                        : Optional.empty();
        if (size.isEmpty()) {
            fault(node, what + " must be a number of octets like 5000, 64K or 1M");
        }
        return size;
    }

    Optional<Duration> duration(Node node, String what) {
        Optional<Duration> duration =
                node instanceof ScalarNode scalar
                        ? Units.duration(scalar.getValue())
                        : Optional.empty();
        if (duration.isEmpty()) {
            fault(node, what + " must be a time like 500ms, 30s, 5m, 2h or 7d");
        }
        return duration;
    }

    /// The node's values by its keys, whatever these are.
    ///
    /// @param example how it would be right
    Map<String, Node> entries(Node node, String what, String example) {
        Map<String, Node> entries = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            fault(node, "%s must be a mapping, like %s".formatted(what, example));
            return entries;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            String key = Fields.key(tuple.getKeyNode());
            if (entries.putIfAbsent(key, tuple.getValueNode()) != null) {
                fault(
                        tuple.getKeyNode(),
                        "%s is given twice; keep one".formatted(Spelling.quote(key)));
            }
        }
        return entries;
    }

    /// The node's entries.
    ///
    /// @param example how it would be right
    Optional<List<Node>> list(Node node, String what, String example) {
        if (node instanceof SequenceNode sequence) {
            return Optional.of(sequence.getValue());
        }
        fault(node, "%s must be a list, like %s".formatted(what, example));
        return Optional.empty();
    }

    /// Whether the node is the text `none`.
    static boolean isTrue(Node node) {
        return node instanceof ScalarNode scalar && scalar.getValue().equals("true");
    }

    static boolean isNone(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.getTag().equals(Tag.STR)
                && scalar.getValue().equals("none");
    }

    private static String hint(Node node) {
        if (node instanceof MappingNode mapping && mapping.getFlowStyle() == FlowStyle.FLOW) {
            return "; put one that starts with '{' in quotes, like \"{name}\"";
        }
        if (node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
            return "; put it in quotes: \"%s\"".formatted(scalar.getValue());
        }
        return "";
    }
}
