package footbridge.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Takes a template apart: literal text, `{name}`, `{name...}`, `{$user}` and `{$claim.name}`.
public final class TemplateParser {

    static final int MAX_LENGTH = 500;

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,49}");

    /// Some issuers name their claims by paths or addresses.
    private static final Pattern CLAIM =
            Pattern.compile("[A-Za-z](?:[A-Za-z0-9_./-]|:(?!:)){0,99}");

    private final String text;
    private final Consumer<String> faults;
    private final List<Part> parts = new ArrayList<>();
    private boolean sound = true;

    /// @param faults told what is wrong with the template
    public TemplateParser(String text, Consumer<String> faults) {
        this.text = text;
        this.faults = faults;
    }

    /// The parts, literal and variable in turn; empty if there was a fault.
    public Optional<List<Part>> parse() {
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
        if (name.startsWith("$")) {
            personal(name);
        } else if (NAME.matcher(name).matches()) {
            parts.add(new Part.Variable(name));
        } else if (isRest(name)) {
            parts.add(new Part.Rest(name.substring(0, name.length() - Part.Rest.DOTS.length())));
        } else {
            fault(
                    "has a variable named %s; a name is a letter and then letters, digits, '_' or '-', at most 50"
                            .formatted(Spelling.quote(name)));
        }
    }

    private static boolean isRest(String name) {
        return name.endsWith(Part.Rest.DOTS)
                && NAME.matcher(name).region(0, name.length() - Part.Rest.DOTS.length()).matches();
    }

    private void personal(String name) {
        if (name.equals(Part.User.NAME)) {
            parts.add(new Part.User());
        } else if (name.startsWith(Part.Claim.PREFIX)) {
            claim(name.substring(Part.Claim.PREFIX.length()));
        } else if (name.startsWith("$role")) {
            fault(
                    "uses {%s}, but a client can have several roles and chance would choose; let 'allow' name the role, or use {$claim.NAME}"
                            .formatted(name));
        } else {
            fault(
                    "uses {%s}, which is unknown; there are {$user} and {$claim.NAME}"
                            .formatted(name));
        }
    }

    private void claim(String name) {
        if (CLAIM.matcher(name).matches()) {
            parts.add(new Part.Claim(name));
        } else {
            fault(
                    "has a claim named %s; a name is a letter and then letters, digits or one of '_-./:', at most 100"
                            .formatted(Spelling.quote(name)));
        }
    }

    private void fault(String what) {
        sound = false;
        faults.accept(Spelling.quote(text) + " " + what);
    }
}
