package footbridge.mapping;

import java.util.List;

/// A text of a target with its placeholders, like `ORDERS.{region}`.
///
/// @param text as in the rule file
record TextTemplate(String text, List<Part> parts) {

    /// Whether there is nothing to fill in.
    boolean fixed() {
        return parts.stream().allMatch(Part.Literal.class::isInstance);
    }

    /// Whether the client's name is part of it.
    boolean personal() {
        return parts.stream().anyMatch(Part.User.class::isInstance);
    }

    String fill(Bindings bindings) {
        if (parts.size() == 1 && parts.getFirst() instanceof Part.Literal literal) {
            return literal.text();
        }
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            filled.append(
                    switch (part) {
                        case Part.Literal literal -> literal.text();
                        case Part.Variable variable -> bindings.value(variable);
                        case Part.User _ -> bindings.user();
                    });
        }
        return filled.toString();
    }

    @Override
    public String toString() {
        return text;
    }

    /// What the placeholders stand for in one request.
    ///
    /// @param names the variables of the rule's destination
    /// @param values what the client wrote for them, in the same order; checked
    /// @param user the name of the client's identity; not checked
    record Bindings(List<String> names, List<String> values, String user) {

        String value(Part.Variable variable) {
            return values.get(names.indexOf(variable.name()));
        }
    }
}
