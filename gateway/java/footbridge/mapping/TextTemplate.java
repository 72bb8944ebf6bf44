package footbridge.mapping;

import static java.util.stream.Collectors.joining;

import java.util.List;

/// A text with placeholders, like `ORDERS.{region}`.
///
/// @param text as in the rule file
public record TextTemplate(String text, List<Part> parts) {

    public TextTemplate {
        parts = List.copyOf(parts);
    }

    /// Whether there is nothing to fill in.
    boolean fixed() {
        return parts.stream().allMatch(Part.Literal.class::isInstance);
    }

    /// Whether there are variables, and each stands alone between dots.
    boolean hasWordsOnly() {
        boolean found = false;
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof Part.Chosen variable) {
                found = true;
                if (variable instanceof Part.Rest || !endsWord(i - 1) || !beginsWord(i + 1)) {
                    return false;
                }
            }
        }
        return found;
    }

    private boolean endsWord(int i) {
        return i < 0 || (parts.get(i) instanceof Part.Literal(var before) && before.endsWith("."));
    }

    private boolean beginsWord(int i) {
        return i == parts.size()
                || (parts.get(i) instanceof Part.Literal(var after) && after.startsWith("."));
    }

    /// The placeholders that are about the client.
    List<Part.Personal> personal() {
        return parts.stream()
                .filter(Part.Personal.class::isInstance)
                .map(Part.Personal.class::cast)
                .toList();
    }

    /// @param bindings have a value for each placeholder
    String fill(Bindings bindings) {
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Literal literal) {
            return literal.text();
        }
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            filled.append(
                    switch (part) {
                        case Part.Literal literal -> literal.text();
                        case Part.Chosen variable -> bindings.value(variable);
                        case Part.Personal placeholder -> bindings.value(placeholder).orElseThrow();
                    });
        }
        return filled.toString();
    }

    /// Filled with values as short as they can be, so that what is wrong with it is the file's
    /// fault.
    public String shortest() {
        return parts.stream()
                .map(part -> part instanceof Part.Literal(var literal) ? literal : "x")
                .collect(joining());
    }

    @Override
    public String toString() {
        return text;
    }
}
