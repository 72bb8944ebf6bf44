package footbridge.app.realm;

import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/// Where an LDAP directory keeps users and their roles.
public interface LdapSettings {

    /// Such as `ldaps://ldap:636`; without it there is no directory.
    Optional<String> url();

    /// Who looks users up; nobody in particular when it is empty.
    Optional<String> principal();

    Optional<String> password();

    /// Below which entry users are looked for; must be given with the url.
    Optional<String> searchBase();

    /// The attribute that holds a user's name.
    @WithDefault("uid")
    String nameAttribute();

    Roles roles();

    /// Longest wait for a connection and for each answer.
    @WithDefault("5s")
    Duration timeout();

    /// Where the roles of a user are.
    interface Roles {

        /// Below which entry roles are looked for; without it they are in the user's own entry.
        Optional<String> searchBase();

        /// Which entries are roles of a user: `{0}` is its name, `{1}` its distinguished name.
        @WithDefault("(member={1})")
        String filter();

        /// The attribute that names a role.
        @WithDefault("cn")
        String attribute();
    }
}
