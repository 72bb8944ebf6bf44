package footbridge.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Takes a template apart: literal text, `{name}` and `{$user}`.
final class TemplateParser {

    static final int MAX_LENGTH = 500;

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,49}");

    private final String text;
    private final Consumer<String> faults;
    private final List<Part> parts = new ArrayList<>();
    private boolean sound = true;

    /// @param faults told what is wrong with the template
    TemplateParser(String text, Consumer<String> faults) {
        this.text = text;
        this.faults = faults;
    }

    /// The parts, literal and variable in turn; empty if there was a fault.
    Optional<List<Part>> parse() {
        if (text.length() > MAX_LENGTH) {
            fault("is longer than %d characters".formatted(MAX_LENGTH));
            return Optional.empty();
        }
        int at = 0;
        while (at < text.length()) {
            at = text.charAt(at) == '{' ? placeholder(at) : literal(at);
        }
        return sound ? Optional.of(List.copyOf(parts)) : Optional.empty();
    }

    private int literal(int from) {
        int open = text.indexOf('{', from);
        int to = open < 0 ? text.length() : open;
        String literal = text.substring(from, to);
        if (literal.indexOf('}') >= 0) {
            fault("has a '}' without '{' before it; write {name}");
        }
        parts.add(new Part.Literal(literal));
        return to;
    }

    private int placeholder(int open) {
        int close = text.indexOf('}', open);
        int next = text.indexOf('{', open + 1);
        if (close < 0 || (next >= 0 && next < close)) {
            fault("has a '{' without '}' after it; write {name}");
            return next < 0 ? text.length() : next;
        }
        if (open > 0 && text.charAt(open - 1) == '}') {
            fault("has two variables side by side; put a literal between them, like {a}.{b}");
        }
        named(text.substring(open + 1, close));
        return close + 1;
    }

    private void named(String name) {
        if (name.equals(Part.User.NAME)) {
            parts.add(new Part.User());
        } else if (NAME.matcher(name).matches()) {
            parts.add(new Part.Variable(name));
        } else if (isPlanned(name)) {
            fault(
                    "uses {%s}, which is known but not supported by this version yet"
                            .formatted(name));
        } else if (name.startsWith("$")) {
            fault("uses {%s}, which is unknown; there is {$user}".formatted(name));
        } else {
            fault(
                    "has a variable named %s; a name is a letter and then letters, digits, '_' or '-', at most 50"
                            .formatted(Spelling.quote(name)));
        }
    }

    private static boolean isPlanned(String name) {
        boolean rest = name.endsWith("...");
        return rest || name.startsWith("$claim.") || name.startsWith("$role");
    }

    private void fault(String what) {
        sound = false;
        faults.accept(Spelling.quote(text) + " " + what);
    }
}
