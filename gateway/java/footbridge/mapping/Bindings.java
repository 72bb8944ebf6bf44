package footbridge.mapping;

import footbridge.access.Identity;
import java.util.List;
import java.util.Optional;

/// What the placeholders stand for in one request.
///
/// @param names the [Part.Chosen#key] of each variable of the rule's destination
/// @param values what the client wrote for them, in the same order; checked
/// @param client whom the identity's placeholders are about; what they stand for is not checked
record Bindings(List<String> names, List<String> values, Identity client) {

    static final Bindings NONE = new Bindings(List.of(), List.of(), Identity.ANONYMOUS);

    String value(Part.Chosen variable) {
        return values.get(names.indexOf(variable.key()));
    }

    /// Empty where nothing is known: an anonymous client has no name of its own.
    Optional<String> value(Part.Personal placeholder) {
        if (client.anonymous()) {
            return Optional.empty();
        }
        return switch (placeholder) {
            case Part.User _ -> Optional.of(client.name());
            case Part.Claim claim -> Optional.ofNullable(client.claims().get(claim.name()));
        };
    }
}
