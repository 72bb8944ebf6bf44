package footbridge.app.explain;

import footbridge.access.Identity;
import footbridge.mapping.Explanation;
import footbridge.mapping.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads what an explanation is asked for.
public final class Question {

    private Question() {}

    /// @param user empty for an anonymous client
    /// @param roles separated by commas
    /// @param claims each like `tenant=acme`
    public static Explanation.Request of(
            String operation,
            String destination,
            Optional<String> user,
            Optional<String> roles,
            List<String> claims)
            throws Misuse {
        return new Explanation.Request(
                operation(operation), destination, client(user, roles, claims));
    }

    public static Operation operation(String word) throws Misuse {
        return Stream.of(Operation.values())
                .filter(operation -> operation.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () -> new Misuse("'%s' is neither SEND nor SUBSCRIBE".formatted(word)));
    }

    private static Identity client(
            Optional<String> user, Optional<String> roles, List<String> claims) throws Misuse {
        if (user.isPresent()) {
            return new Identity(
                    user.get(), roles.map(Question::split).orElse(Set.of()), false, named(claims));
        }
        if (roles.isPresent() || !claims.isEmpty()) {
            throw new Misuse("roles and claims belong to a user; name one");
        }
        return Identity.ANONYMOUS;
    }

    private static Map<String, String> named(List<String> claims) throws Misuse {
        Map<String, String> named = new LinkedHashMap<>();
        for (String claim : claims) {
            int equals = claim.indexOf('=');
            if (equals < 1) {
                throw new Misuse("a claim is NAME=VALUE, not '%s'".formatted(claim));
            }
            named.put(claim.substring(0, equals), claim.substring(equals + 1));
        }
        return named;
    }

    private static Set<String> split(String roles) {
        return Stream.of(roles.split(","))
                .map(String::strip)
                .filter(role -> !role.isEmpty())
                .collect(Collectors.toSet());
    }
}
