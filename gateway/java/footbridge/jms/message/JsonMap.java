package footbridge.jms.message;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.utils.collections.TypedProperties;
import org.jspecify.annotations.Nullable;

/// Reads a JSON object (RFC 8259) as the body of a MapMessage: its values are texts, truth values,
/// null and numbers. A whole number is an `int` where it fits, else a `long`; any other a `double`.
/// A MapMessage has no place for objects and lists.
final class JsonMap {

    private static final int HEX_DIGITS = 4;

    private final String json;
    private final TypedProperties map = new TypedProperties();
    private int at;

    private JsonMap(String json) {
        this.json = json;
    }

    /// @throws BackendFailure if the text is no such object
    static TypedProperties of(String json) throws BackendFailure {
        var reader = new JsonMap(json);
        reader.read();
        return reader.map;
    }

    private void read() throws BackendFailure {
        expect('{');
        if (next() == '}') {
            at++;
        } else {
            do {
                member();
            } while (taken(','));
            expect('}');
        }
        skipBlanks();
        if (at < json.length()) {
            throw invalid("something follows the object");
        }
    }

    private void member() throws BackendFailure {
        if (next() != '"') {
            throw invalid("a name is missing");
        }
        String name = text();
        if (name.isEmpty() || map.containsProperty(SimpleString.of(name))) {
            throw invalid("a name is empty or there twice");
        }
        expect(':');
        put(SimpleString.of(name), value());
    }

    private void put(SimpleString name, @Nullable Object value) {
        switch (value) {
            case null -> map.putNullValue(name);
            case String text -> map.putSimpleStringProperty(name, SimpleString.of(text));
            case Boolean truth -> map.putBooleanProperty(name, truth);
            case Integer number -> map.putIntProperty(name, number);
            case Long number -> map.putLongProperty(name, number);
            case Double number -> map.putDoubleProperty(name, number);
            default -> throw new IllegalStateException("no value of JSON");
        }
    }

    private @Nullable Object value() throws BackendFailure {
        char first = next();
        if (first == '"') {
            return text();
        }
        int from = at;
        while (at < json.length() && belongsToWord(json.charAt(at))) {
            at++;
        }
        String word = json.substring(from, at);
        return switch (word) {
            case "true", "false" -> Boolean.valueOf(word);
            case "null" -> null;
            default -> number(word);
        };
    }

    private static boolean belongsToWord(char character) {
        return Character.isLetterOrDigit(character) || "+-.".indexOf(character) >= 0;
    }

    private static Object number(String word) throws BackendFailure {
        try {
            if (word.matches("-?(0|[1-9][0-9]*)")) {
                long number = Long.parseLong(word);
                return number == (int) number ? (Object) (int) number : (Object) number;
            }
            if (word.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
                return Double.parseDouble(word);
            }
        } catch (NumberFormatException _) {
            throw invalid("a number is too large");
        }
        throw invalid("a value is neither text, number, true, false nor null");
    }

    private String text() throws BackendFailure {
        var text = new StringBuilder();
        at++;
        while (at < json.length() && json.charAt(at) != '"') {
            char character = json.charAt(at++);
            if (character < ' ') {
                throw invalid("a text holds a control character");
            }
            text.append(character == '\\' ? escaped() : character);
        }
        expect('"');
        return text.toString();
    }

    private char escaped() throws BackendFailure {
        char escape = at < json.length() ? json.charAt(at++) : ' ';
        return switch (escape) {
            case '"', '\\', '/' -> escape;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw invalid("a backslash is followed by what means nothing");
        };
    }

    private char unicode() throws BackendFailure {
        int end = at + HEX_DIGITS;
        if (end > json.length() || !json.substring(at, end).matches("[0-9a-fA-F]{4}")) {
            throw invalid("a \\u is not followed by four hexadecimal digits");
        }
        char character = (char) Integer.parseInt(json, at, end, 16);
        at = end;
        return character;
    }

    private void expect(char wanted) throws BackendFailure {
        if (!taken(wanted)) {
            throw invalid("a '%s' is missing".formatted(wanted));
        }
    }

    private boolean taken(char wanted) {
        boolean there = next() == wanted;
        if (there) {
            at++;
        }
        return there;
    }

    /// The character after blanks; NUL at the end.
    private char next() {
        skipBlanks();
        return at < json.length() ? json.charAt(at) : 0;
    }

    private void skipBlanks() {
        while (at < json.length() && " \t\r\n".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
    }

    private static BackendFailure invalid(String why) {
        return new BackendFailure(
                Kind.INVALID_BODY, "the body is no JSON object that fits a MapMessage: " + why);
    }
}
