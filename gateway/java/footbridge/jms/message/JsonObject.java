package footbridge.jms.message;

import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Writes the body of a MapMessage as a JSON object (RFC 8259).
public final class JsonObject {

    private JsonObject() {}

    /// Empty if a value has no form in JSON: bytes, or a number that is not finite.
    public static Optional<String> of(Map<String, ? extends @Nullable Object> map) {
        var members = new StringJoiner(",", "{", "}");
        for (Map.Entry<String, ? extends @Nullable Object> member : map.entrySet()) {
            if (!hasForm(member.getValue())) {
                return Optional.empty();
            }
            members.add(quoted(member.getKey()) + ":" + written(member.getValue()));
        }
        return Optional.of(members.toString());
    }

    private static boolean hasForm(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Double number -> Double.isFinite(number);
            case Float number -> Float.isFinite(number);
            case Boolean _, Byte _, Short _, Integer _, Long _, Character _, CharSequence _ -> true;
            default -> false;
        };
    }

    private static String written(@Nullable Object value) {
        return value == null || value instanceof Number || value instanceof Boolean
                ? String.valueOf(value)
                : quoted(value.toString());
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '"' || character == '\\') {
                quoted.append('\\').append(character);
            } else if (character < ' ') {
                quoted.append("\\u%04x".formatted((int) character));
            } else {
                quoted.append(character);
            }
        }
        return quoted.append('"').toString();
    }
}
