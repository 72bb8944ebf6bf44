package footbridge.mapping;

import footbridge.access.Identity;
import java.util.ArrayList;
import java.util.List;

/// The `destination` of a rule: the STOMP destinations it answers for.
///
/// @param text as in the rule file
/// @param segments at least one, the first with `/`
/// @param variables the [Part.Chosen#key] of each, in their order
/// @param specificity the [Segment.Kind#rank] of each segment; of two templates for one destination
///   the smaller text is the more specific
public record DestinationTemplate(
        String text, List<Segment> segments, List<String> variables, String specificity) {

    /// Stands for one word, in STOMP destinations and at JMS brokers.
    static final String WILDCARD = "*";

    /// @param text starts with `/`
    /// @param parts what the text was found to consist of
    public static DestinationTemplate of(String text, List<Part> parts) {
        List<Segment> segments = segments(text);
        StringBuilder specificity = new StringBuilder();
        segments.forEach(segment -> specificity.append(segment.kind().rank));
        return new DestinationTemplate(text, segments, variables(parts), specificity.toString());
    }

    /// Whether the template answers for one destination only.
    boolean fixed() {
        return variables.isEmpty();
    }

    /// Whether each variable is the whole of a segment.
    boolean hasWordsOnly() {
        return segments.stream()
                .allMatch(segment ->
                        segment.kind() == Segment.Kind.LITERAL
                                || segment.kind() == Segment.Kind.VARIABLE);
    }

    /// Whether the template answers for a destination with wildcards: a `*` that is the whole of a
    /// segment stands for what a variable there may be.
    boolean matchesPattern(String pattern) {
        int from = 0;
        for (Segment segment : segments) {
            if (from == pattern.length()) {
                return false;
            }
            int to = segment.endIn(pattern, from);
            boolean any =
                    segment.kind() == Segment.Kind.VARIABLE
                            && pattern.charAt(from) == segment.separator()
                            && pattern.substring(from + 1, to).equals(WILDCARD);
            if (!any && !segment.matches(pattern, from, to)) {
                return false;
            }
            from = to;
        }
        return from == pattern.length();
    }

    /// What the placeholders of the rule stand for.
    ///
    /// @param destination one the template answers for
    Bindings bind(String destination, Identity client) {
        List<String> values = new ArrayList<>(variables.size());
        int from = 0;
        for (Segment segment : segments) {
            int to = segment.endIn(destination, from);
            segment.capture(destination, from, to, values);
            from = to;
        }
        return new Bindings(variables, values, client);
    }

    /// The [Part.Chosen#key] of each variable among the parts.
    static List<String> variables(List<Part> parts) {
        List<String> names = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.Chosen variable) {
                names.add(variable.key());
            }
        }
        return List.copyOf(names);
    }

    private static List<Segment> segments(String text) {
        List<Segment> segments = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int to = end(text, from + 1);
            segments.add(Segment.of(text.charAt(from), text.substring(from + 1, to)));
            from = to;
        }
        return List.copyOf(segments);
    }

    /// As [Segment#end], but the dots of `{rest...}` are no separators.
    private static int end(String text, int from) {
        int at = from;
        while (at < text.length() && !Segment.isSeparator(text.charAt(at))) {
            at = text.charAt(at) == '{' ? text.indexOf('}', at) + 1 : at + 1;
        }
        return at;
    }
}
