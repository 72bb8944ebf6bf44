package footbridge.mapping;

import java.util.ArrayList;
import java.util.List;

/// The `destination` of a rule: the STOMP destinations it answers for.
///
/// @param text as in the rule file
/// @param segments at least one, the first with `/`
/// @param variables the names in their order
/// @param specificity the [Segment.Kind#rank] of each segment; of two templates for one destination
///   the smaller text is the more specific
record DestinationTemplate(
        String text, List<Segment> segments, List<String> variables, String specificity) {

    /// @param text starts with `/`
    /// @param parts what the text was found to consist of
    static DestinationTemplate of(String text, List<Part> parts) {
        List<Segment> segments = segments(text);
        StringBuilder specificity = new StringBuilder();
        segments.forEach(segment -> specificity.append(segment.kind().rank));
        return new DestinationTemplate(text, segments, variables(parts), specificity.toString());
    }

    /// Whether the template answers for one destination only.
    boolean fixed() {
        return variables.isEmpty();
    }

    /// The values that a destination has for the variables, and the name of the client.
    ///
    /// @param destination one the template answers for
    TextTemplate.Bindings bind(String destination, String user) {
        List<String> values = new ArrayList<>(variables.size());
        int from = 0;
        for (Segment segment : segments) {
            int to = Segment.end(destination, from + 1);
            segment.capture(destination, from, to, values);
            from = to;
        }
        return new TextTemplate.Bindings(variables, values, user);
    }

    /// The names of the variables among the parts.
    static List<String> variables(List<Part> parts) {
        List<String> names = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.Variable variable) {
                names.add(variable.name());
            }
        }
        return List.copyOf(names);
    }

    /// No variable's name holds a separator, so the text may be cut before it is taken apart.
    private static List<Segment> segments(String text) {
        List<Segment> segments = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int to = Segment.end(text, from + 1);
            segments.add(Segment.of(text.charAt(from), text.substring(from + 1, to)));
            from = to;
        }
        return List.copyOf(segments);
    }
}
