package footbridge.access;

import java.util.Set;

/// Who a client is: the name its rules and logs see, and the roles it holds.
///
/// @param anonymous whether the client has proved nothing; such an identity has no roles
public record Identity(String name, Set<String> roles, boolean anonymous) {

    /// The client that has proved nothing.
    public static final Identity ANONYMOUS = new Identity("anonymous", Set.of(), true);

    public Identity {
        roles = Set.copyOf(roles);
    }
}
