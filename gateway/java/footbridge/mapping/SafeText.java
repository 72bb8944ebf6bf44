package footbridge.mapping;

import java.util.Optional;

/// The values that may be filled into a target: letters, digits and `- _ = @ ~`, at most
/// [#MAX_LENGTH] of them.
///
/// A list of what is safe and not of what is dangerous, because the dangerous differs from broker
/// to broker: `.` and `/` separate words, `* # > +` are wildcards, `::` names a queue beneath an
/// address, `?` and `&` start options, `,` joins destinations, and `$` marks what is the broker's
/// own.
public final class SafeText {

    static final int MAX_LENGTH = 200;

    private SafeText() {}

    public static boolean isSafe(String text) {
        return isSafe(text, 0, text.length());
    }

    public static boolean isSafe(String text, int from, int to) {
        if (to <= from || to - from > MAX_LENGTH) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (!isSafe(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// Whether that piece of the text is one safe word or more, at most [#MAX_LENGTH] characters
    /// together, with one separator between each two.
    static boolean isSafePath(String text, int from, int to) {
        if (to <= from || to - from > MAX_LENGTH) {
            return false;
        }
        int at = from;
        while (true) {
            int end = Segment.end(text, at);
            if (end >= to) {
                return isSafe(text, at, to);
            }
            if (!isSafe(text, at, end)) {
                return false;
            }
            at = end + 1;
        }
    }

    /// Why the text is not a safe path, as what a placeholder does; empty if it is.
    static Optional<String> whyUnsafePath(String text) {
        if (text.length() > MAX_LENGTH) {
            return whyUnsafe(text);
        }
        int at = 0;
        while (at <= text.length()) {
            int end = Segment.end(text, at);
            Optional<String> why = whyUnsafe(text.substring(at, end));
            if (why.isPresent()) {
                return at == end && !text.isEmpty()
                        ? Optional.of("wants at least one character between two separators")
                        : why;
            }
            at = end + 1;
        }
        return Optional.empty();
    }

    /// Why the text is not safe, as what a placeholder does; empty if it is.
    static Optional<String> whyUnsafe(String text) {
        if (text.isEmpty()) {
            return Optional.of("wants at least one character");
        }
        if (text.length() > MAX_LENGTH) {
            return Optional.of(
                    "takes at most %d characters, not %d".formatted(MAX_LENGTH, text.length()));
        }
        return text.chars()
                .filter(c -> !isSafe((char) c))
                .mapToObj(c ->
                        "does not take %s, only letters, digits and '-_=@~'"
                                .formatted(Spelling.quote(Character.toString(c))))
                .findFirst();
    }

    public static boolean isSafe(char c) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
            return true;
        }
        return switch (c) {
            case '-', '_', '=', '@', '~' -> true;
            default -> c >= 128 && Character.isLetterOrDigit(c);
        };
    }
}
