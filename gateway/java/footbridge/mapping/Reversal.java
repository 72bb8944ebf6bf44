package footbridge.mapping;

import footbridge.access.Identity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The way back through a rule: from the name of a queue or topic to a destination that leads
/// there. What it finds is a guess that must be tried: variables may hold only so much, and another
/// rule may be more specific.
///
/// @param name what the rule makes the name of
/// @param client whose destination it is
record Reversal(DestinationTemplate destination, TextTemplate name, Identity client) {

    /// Empty where the rule leads to no such name, or its destination holds a variable that the
    /// name does not show.
    Optional<String> destinationOf(String found) {
        Map<String, String> values = new HashMap<>();
        return read(found, values) ? written(values) : Optional.empty();
    }

    private boolean read(String found, Map<String, String> values) {
        List<Part> parts = name.parts();
        int at = 0;
        for (int i = 0; i < parts.size(); i++) {
            String text = fixed(parts.get(i));
            if (text == null && parts.get(i) instanceof Part.Chosen variable) {
                text = value(found, at, i + 1);
                if (text != null && !text.equals(values.getOrDefault(variable.key(), text))) {
                    return false;
                }
                values.put(variable.key(), text == null ? "" : text);
            }
            if (text == null || !found.startsWith(text, at)) {
                return false;
            }
            at += text.length();
        }
        return at == found.length();
    }

    /// A variable goes on until what comes next stands there; two have a fixed text between them.
    private @Nullable String value(String found, int at, int next) {
        if (next == name.parts().size()) {
            return found.substring(at);
        }
        String text = fixed(name.parts().get(next));
        int end = text == null ? -1 : found.indexOf(text, at);
        return end < 0 ? null : found.substring(at, end);
    }

    /// What a part stands for whatever the destination; null if that depends on it.
    private @Nullable String fixed(Part part) {
        return switch (part) {
            case Part.Literal(var text) -> text;
            case Part.Personal known ->
                    new Bindings(List.of(), List.of(), client).value(known).orElse(null);
            case Part.Chosen _ -> null;
        };
    }

    private Optional<String> written(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        for (Segment segment : destination.segments()) {
            text.append(segment.separator());
            for (Part part : segment.parts()) {
                String piece =
                        part instanceof Part.Chosen variable
                                ? values.get(variable.key())
                                : fixed(part);
                if (piece == null) {
                    return Optional.empty();
                }
                text.append(piece);
            }
        }
        return Optional.of(text.toString());
    }
}
