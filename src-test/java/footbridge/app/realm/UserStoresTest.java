package footbridge.app.realm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import footbridge.app.realm.UserStore.Answer;
import footbridge.testbed.LdapServer;
import footbridge.testbed.UserDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class UserStoresTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void aDirectoryKnowsItsUsersAndTheirGroups() throws Exception {
        try (LdapServer server = directory()) {
            UserStore users = ldap(server.settings("it"));

            assertThat(look(users, "ann", "sesame"))
                    .isEqualTo(new Answer.Known("ann", Set.of("trader", "desk")));
            assertThat(look(users, "ann", "wrong")).isEqualTo(new Answer.Wrong());
            assertThat(look(users, "bob", "sesame")).isEqualTo(new Answer.Known("bob", Set.of()));
            assertThat(look(users, "eve", "sesame")).isEqualTo(new Answer.Unknown());
        }
    }

    /// Many servers let a client bind without a password, as nobody.
    @Test
    void noPasscodeIsNoProof() throws Exception {
        try (LdapServer server = directory()) {
            UserStore users = ldap(server.settings("it"));

            assertThat(look(users, "ann", "")).isEqualTo(new Answer.Wrong());
        }
    }

    @Test
    void aUserHasOneNameHoweverTheClientSpellsIt() throws Exception {
        try (LdapServer server = directory()) {
            UserStore users = ldap(server.settings("it"));

            assertThat(look(users, "ANN", "sesame"))
                    .isEqualTo(new Answer.Known("ann", Set.of("trader", "desk")));
        }
    }

    @Test
    void aNameIsNoFilter() throws Exception {
        try (LdapServer server = directory()) {
            UserStore users = ldap(server.settings("it"));

            for (String name : new String[] {"*", "a*", "ann)(uid=*", "", "uid=ann", "\\2a"}) {
                assertThat(look(users, name, "sesame")).isEqualTo(new Answer.Unknown());
            }
        }
    }

    @Test
    void groupsMayStandInTheUsersOwnEntry() throws Exception {
        try (LdapServer server = directory()) {
            var settings = new HashMap<>(server.settings("it"));
            settings.remove("it.roles.search-base");
            settings.put("it.roles.attribute", "memberOf");

            assertThat(look(ldap(settings), "bob", "sesame"))
                    .isEqualTo(new Answer.Known("bob", Set.of("clerk")));
        }
    }

    @Test
    void whatCannotBeAskedSaysNothingOfTheUser() throws Exception {
        LdapServer server = directory();
        UserStore users = ldap(server.settings("it"));
        var settings = new HashMap<>(server.settings("it"));
        settings.put("it.password", "wrong");
        assertThatThrownBy(() -> look(ldap(settings), "ann", "sesame"))
                .isInstanceOf(UserStore.StoreUnavailable.class);

        server.close();

        assertThatThrownBy(() -> look(users, "ann", "sesame"))
                .isInstanceOf(UserStore.StoreUnavailable.class);
    }

    @Test
    void aDatabaseKnowsItsUsersAndTheirRoles() throws Exception {
        try (UserDatabase database = database()) {
            UserStore users = users(database.settings("it"));

            assertThat(look(users, "ann", "sesame"))
                    .isEqualTo(new Answer.Known("ann", Set.of("trader", "desk")));
            assertThat(look(users, "bob", "sesame")).isEqualTo(new Answer.Known("bob", Set.of()));
            assertThat(look(users, "ann", "wrong")).isEqualTo(new Answer.Wrong());
            assertThat(look(users, "ann", UserDatabase.SESAME)).isEqualTo(new Answer.Wrong());
            assertThat(look(users, "' OR ''='", "sesame")).isEqualTo(new Answer.Unknown());
        }
    }

    @Test
    void aDatabaseWithoutRolesOrWithoutHashesIsTakenAsItIs() throws Exception {
        try (UserDatabase database = database().user("old", "sesame")) {
            var settings = new HashMap<>(database.settings("it"));
            settings.put("it.query", "SELECT passcode FROM users WHERE name = ?");
            UserStore users = users(settings);

            assertThat(look(users, "ann", "sesame")).isEqualTo(new Answer.Known("ann", Set.of()));
            assertThatThrownBy(() -> look(users, "old", "sesame"))
                    .isInstanceOf(UserStore.StoreUnavailable.class)
                    .hasMessageNotContaining("sesame");
        }
    }

    @Test
    void aDatabaseThatIsAwaySaysNothingOfTheUser() throws Exception {
        UserDatabase database = database();
        UserStore users = users(database.settings("it"));

        database.close();

        assertThatThrownBy(() -> look(users, "ann", "sesame"))
                .isInstanceOf(UserStore.StoreUnavailable.class);
    }

    @Test
    void aUrlWithoutADriverIsToldAtTheStart() {
        assertThatThrownBy(() -> users(Map.of("it.url", "jdbc:other:x", "it.query", "SELECT 1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("driver");
    }

    private static LdapServer directory() throws Exception {
        return LdapServer.start()
                .user("ann", "sesame", "cn=x,dc=shop")
                .user("bob", "sesame", "cn=clerk,dc=shop")
                .group("trader", "ann")
                .group("desk", "ann")
                .group("admin", "eve");
    }

    private static UserDatabase database() throws Exception {
        return UserDatabase.start()
                .user("ann", UserDatabase.SESAME, "trader", "desk")
                .user("bob", UserDatabase.SESAME);
    }

    private static Answer look(UserStore users, String name, String passcode) {
        return users.look(name, passcode.toCharArray());
    }

    private static UserStore ldap(Map<String, String> settings) {
        var ldap =
                new Ldap(
                        Optional.empty(),
                        Optional.of(given(settings, "it.principal")),
                        Optional.of(given(settings, "it.password")),
                        Optional.of(given(settings, "it.search-base")),
                        "uid",
                        new RolesAt(
                                Optional.ofNullable(settings.get("it.roles.search-base")),
                                "(member={1})",
                                settings.getOrDefault("it.roles.attribute", "cn")),
                        PATIENCE);
        return new LdapUsers(ldap, given(settings, "it.url"));
    }

    private static UserStore users(Map<String, String> settings) {
        return new DatabaseUsers(
                new Database(
                        Optional.empty(),
                        Optional.ofNullable(settings.get("it.user")),
                        Optional.ofNullable(settings.get("it.password")),
                        Optional.empty(),
                        Optional.of(given(settings, "it.query"))),
                given(settings, "it.url"),
                UserStoresTest.class.getClassLoader(),
                PATIENCE);
    }

    private static String given(Map<String, String> settings, String key) {
        return Objects.requireNonNull(settings.get(key), key);
    }

    private record Ldap(
            Optional<String> url,
            Optional<String> principal,
            Optional<String> password,
            Optional<String> searchBase,
            String nameAttribute,
            LdapSettings.Roles roles,
            Duration timeout)
            implements LdapSettings {}

    private record RolesAt(Optional<String> searchBase, String filter, String attribute)
            implements LdapSettings.Roles {}

    private record Database(
            Optional<String> url,
            Optional<String> user,
            Optional<String> password,
            Optional<Path> library,
            Optional<String> query)
            implements DatabaseSettings {}
}
