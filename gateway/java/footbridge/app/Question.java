package footbridge.app;

import footbridge.access.Identity;
import footbridge.mapping.Explanation;
import footbridge.mapping.Operation;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads what an explanation is asked for.
final class Question {

    private Question() {}

    /// @param user empty for an anonymous client
    /// @param roles separated by commas
    static Explanation.Request of(
            String operation, String destination, Optional<String> user, Optional<String> roles)
            throws Misuse {
        return new Explanation.Request(operation(operation), destination, client(user, roles));
    }

    private static Operation operation(String word) throws Misuse {
        return Stream.of(Operation.values())
                .filter(operation -> operation.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () -> new Misuse("'%s' is neither SEND nor SUBSCRIBE".formatted(word)));
    }

    private static Identity client(Optional<String> user, Optional<String> roles) throws Misuse {
        if (user.isPresent()) {
            return new Identity(user.get(), roles.map(Question::split).orElse(Set.of()), false);
        }
        if (roles.isPresent()) {
            throw new Misuse("roles belong to a user; name one");
        }
        return Identity.ANONYMOUS;
    }

    private static Set<String> split(String roles) {
        return Stream.of(roles.split(","))
                .map(String::strip)
                .filter(role -> !role.isEmpty())
                .collect(Collectors.toSet());
    }
}
