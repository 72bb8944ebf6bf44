package footbridge.mapping;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// A piece of a destination template from one separator (`/` or `.`) to the next. Variables cannot
/// hold separators, so a segment of a template answers for exactly one segment of a destination;
/// only `{rest...}`, which is the last, answers for all that follow.
///
/// @param separator what the segment starts with
/// @param parts literal and variable in turn; empty for nothing after the separator
public record Segment(char separator, List<Part> parts) {

    /// What a segment consists of.
    public enum Kind {
        LITERAL('1'),
        MIXED('2'),
        VARIABLE('3'),
        REST('4');

        /// The more specific the kind, the smaller the character.
        final char rank;

        Kind(char rank) {
            this.rank = rank;
        }
    }

    /// @param text a sound template without a separator in it
    static Segment of(char separator, String text) {
        return new Segment(separator, new TemplateParser(text, _ -> {}).parse().orElseThrow());
    }

    public static boolean isSeparator(char c) {
        return c == '/' || c == '.';
    }

    /// Where the segment of `destination` that has its first character (after the separator) at
    /// `from` ends.
    static int end(String destination, int from) {
        int at = from;
        while (at < destination.length() && !isSeparator(destination.charAt(at))) {
            at++;
        }
        return at;
    }

    public Kind kind() {
        if (parts.stream().allMatch(Part.Literal.class::isInstance)) {
            return Kind.LITERAL;
        }
        if (isRest()) {
            return Kind.REST;
        }
        return parts.size() == 1 ? Kind.VARIABLE : Kind.MIXED;
    }

    private boolean isRest() {
        return !parts.isEmpty() && parts.getFirst() instanceof Part.Rest;
    }

    /// Where what the segment answers for ends in `destination`.
    ///
    /// @param from where its separator stands
    int endIn(String destination, int from) {
        return isRest() ? destination.length() : end(destination, from + 1);
    }

    /// The segment's text without the variables' names: equal for segments that answer to the same.
    public String pattern() {
        if (isRest()) {
            return separator + "{...}";
        }
        StringBuilder pattern = new StringBuilder().append(separator);
        for (Part part : parts) {
            pattern.append(part instanceof Part.Literal literal ? literal.text() : "{}");
        }
        return pattern.toString();
    }

    /// Whether the segment answers for `destination` from its separator at `from` up to `to`.
    boolean matches(String destination, int from, int to) {
        if (destination.charAt(from) != separator) {
            return false;
        }
        if (isRest()) {
            return SafeText.isSafePath(destination, from + 1, to);
        }
        int at = from + 1;
        for (int i = 0; i < parts.size(); i++) {
            int next = partEnd(destination, at, to, i);
            if (next < 0) {
                return false;
            }
            boolean variable = parts.get(i) instanceof Part.Variable;
            if (variable && !SafeText.isSafe(destination, at, next)) {
                return false;
            }
            at = next;
        }
        return at == to;
    }

    /// Why the segment does not answer for `destination` from `from` up to `to`, separators left
    /// out of account; empty if it does.
    Optional<Miss> miss(String destination, int from, int to) {
        if (isRest()) {
            return SafeText.whyUnsafePath(destination.substring(from + 1, to))
                    .map(why -> valueMiss(parts.getFirst(), why));
        }
        String piece = destination.substring(from + 1, to);
        int at = from + 1;
        for (int i = 0; i < parts.size(); i++) {
            int next = partEnd(destination, at, to, i);
            if (next < 0) {
                return Optional.of(Miss.text(piece, text()));
            }
            if (parts.get(i) instanceof Part.Variable variable) {
                Optional<String> why = SafeText.whyUnsafe(destination.substring(at, next));
                if (why.isPresent()) {
                    return Optional.of(valueMiss(variable, why.get()));
                }
            }
            at = next;
        }
        return at == to ? Optional.empty() : Optional.of(Miss.text(piece, text()));
    }

    private static Miss valueMiss(Part variable, String why) {
        return Miss.of(Miss.VALUE, "is for %s, which %s".formatted(variable, why));
    }

    /// The segment as in the rule file, without its separator.
    String text() {
        return parts.stream()
                .map(part -> part instanceof Part.Literal(var text) ? text : part.toString())
                .collect(Collectors.joining());
    }

    /// Adds the values of the variables; the segment [#matches] there.
    void capture(String destination, int from, int to, List<String> values) {
        int at = from + 1;
        for (int i = 0; i < parts.size(); i++) {
            int next = partEnd(destination, at, to, i);
            if (parts.get(i) instanceof Part.Chosen) {
                values.add(destination.substring(at, next));
            }
            at = next;
        }
    }

    /// Where part `i` ends that starts at `at`; -1 if it cannot be there. A variable ends before
    /// the first place where the literal after it stands; the last literal stands at the end.
    private int partEnd(String destination, int at, int to, int i) {
        if (parts.get(i) instanceof Part.Literal literal) {
            int end = at + literal.text().length();
            return end <= to && destination.startsWith(literal.text(), at) ? end : -1;
        }
        if (i + 1 == parts.size()) {
            return to;
        }
        String next = ((Part.Literal) parts.get(i + 1)).text();
        if (i + 2 < parts.size()) {
            return at < to ? destination.indexOf(next, at + 1, to) : -1;
        }
        int end = to - next.length();
        return end > at && destination.startsWith(next, end) ? end : -1;
    }
}
