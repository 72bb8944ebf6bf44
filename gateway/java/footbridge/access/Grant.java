package footbridge.access;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/// Whom a rule admits to one operation: role names, `authenticated` for every client that has
/// proved who it is, `anonymous` for every client whatsoever.
public record Grant(Set<String> roles) {

    /// In place of a role: every client whatsoever.
    public static final String ANYONE = "anonymous";

    /// In place of a role: every client that has proved who it is.
    public static final String LOGGED_IN = "authenticated";

    /// Every client that has proved who it is; what a rule without `allow` grants.
    public static final Grant AUTHENTICATED = new Grant(Set.of(LOGGED_IN));

    /// Nobody.
    public static final Grant NOBODY = new Grant(Set.of());

    public Grant {
        roles = Set.copyOf(roles);
    }

    public boolean admits(Identity identity) {
        return admitting(identity).isPresent();
    }

    /// The word of the grant by which it admits the client, the most general one; empty if it does
    /// not.
    public Optional<String> admitting(Identity identity) {
        if (roles.contains(ANYONE)) {
            return Optional.of(ANYONE);
        }
        if (identity.anonymous()) {
            return Optional.empty();
        }
        if (roles.contains(LOGGED_IN)) {
            return Optional.of(LOGGED_IN);
        }
        return identity.roles().stream().filter(roles::contains).min(Comparator.naturalOrder());
    }
}
