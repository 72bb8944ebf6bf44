package footbridge.access;

import java.util.Map;
import java.util.Set;

/// Who a client is: the name its rules and logs see, and the roles it holds.
///
/// @param anonymous whether the client has proved nothing; such an identity has no roles
/// @param claims what else whoever vouches for the client says of it, by name, like the claims of a
///   token; each has one value
public record Identity(
        String name, Set<String> roles, boolean anonymous, Map<String, String> claims) {

    /// The client that has proved nothing.
    public static final Identity ANONYMOUS = new Identity("anonymous", Set.of(), true);

    public Identity {
        roles = Set.copyOf(roles);
        claims = Map.copyOf(claims);
    }

    /// Without claims.
    public Identity(String name, Set<String> roles, boolean anonymous) {
        this(name, roles, anonymous, Map.of());
    }
}
