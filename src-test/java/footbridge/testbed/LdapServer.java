package footbridge.testbed;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldif.LDIFException;
import java.util.Map;

/// A real LDAP directory in this JVM, with users and groups; only its administrator may search in
/// it. It can be stopped and started again on the same port.
public final class LdapServer implements AutoCloseable {

    public static final String ADMIN = "cn=admin";
    public static final String ADMIN_PASSWORD = "password of the admin";
    public static final String USERS = "ou=users,dc=shop";
    public static final String GROUPS = "ou=groups,dc=shop";

    private final InMemoryDirectoryServer server;

    private LdapServer(InMemoryDirectoryServer server) {
        this.server = server;
    }

    /// Without users yet.
    public static LdapServer start() throws LDAPException, LDIFException {
        var config = new InMemoryDirectoryServerConfig("dc=shop");
        config.addAdditionalBindCredentials(ADMIN, ADMIN_PASSWORD);
        config.setAuthenticationRequiredOperationTypes(OperationType.SEARCH);
        config.setSchema(null);
        config.setListenerConfigs(InMemoryListenerConfig.createLDAPConfig("ldap"));
        var server = new InMemoryDirectoryServer(config);
        server.add("dn: dc=shop", "objectClass: domain", "dc: shop");
        server.add("dn: " + USERS, "objectClass: organizationalUnit", "ou: users");
        server.add("dn: " + GROUPS, "objectClass: organizationalUnit", "ou: groups");
        server.startListening();
        return new LdapServer(server);
    }

    public String url() {
        return "ldap://localhost:" + server.getListenPort();
    }

    /// What the gateway needs to know of it, as settings below `prefix`.
    public Map<String, String> settings(String prefix) {
        return Map.of(
                prefix + ".url", url(),
                prefix + ".principal", ADMIN,
                prefix + ".password", ADMIN_PASSWORD,
                prefix + ".search-base", USERS,
                prefix + ".roles.search-base", GROUPS);
    }

    /// Adds a user.
    ///
    /// @param memberOf a group in the user's own entry
    public LdapServer user(String name, String password, String memberOf)
            throws LDAPException, LDIFException {
        server.add(
                "dn: " + place(name),
                "objectClass: inetOrgPerson",
                "uid: " + name,
                "userPassword: " + password,
                "memberOf: " + memberOf);
        return this;
    }

    /// Adds a group with one member.
    public LdapServer group(String name, String member) throws LDAPException, LDIFException {
        server.add(
                "dn: cn=" + name + "," + GROUPS,
                "objectClass: groupOfNames",
                "cn: " + name,
                "member: " + place(member));
        return this;
    }

    private static String place(String user) {
        return "uid=" + user + "," + USERS;
    }

    public void stop() {
        server.shutDown(true);
    }

    public void startAgain() throws LDAPException {
        server.startListening();
    }

    @Override
    public void close() {
        stop();
    }
}
