package footbridge.app.realm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.naming.AuthenticationException;
import javax.naming.Context;
import javax.naming.InvalidNameException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import javax.naming.directory.SearchControls;
import javax.naming.directory.SearchResult;
import javax.naming.ldap.LdapName;

/// The users of an LDAP directory (RFC 4511): the gateway's account looks the user up, and whoever
/// can bind as that entry is the user.
///
/// The address is the operator's, what a client says is an escaped value within a filter, and
/// entries are read as texts: nothing is ever made an object of.
///
/// Safe for use by any thread.
@SuppressWarnings("BanJNDI")
public final class LdapUsers implements UserStore {

    private final LdapSettings settings;
    private final String url;
    private final String searchBase;

    /// @throws IllegalArgumentException if the settings do not say where users are
    public LdapUsers(LdapSettings settings, String url) {
        this.settings = settings;
        this.url = url;
        this.searchBase =
                settings.searchBase()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "say with search-base below which entry users are"));
    }

    @Override
    public Answer look(String name, char[] passcode) {
        try {
            InitialDirContext directory = enter(settings.principal(), settings.password());
            try {
                Optional<SearchResult> entry = find(directory, name);
                return entry.isPresent()
                        ? check(directory, name, entry.get(), passcode)
                        : new Answer.Unknown();
            } finally {
                directory.close();
            }
        } catch (NamingException e) {
            throw new StoreUnavailable("the LDAP directory cannot be asked", e);
        }
    }

    /// An entry without the name in it, or two entries of one name, are nobody.
    private Optional<SearchResult> find(InitialDirContext directory, String name)
            throws NamingException {
        List<SearchResult> found =
                all(
                        directory.search(
                                searchBase,
                                "(" + settings.nameAttribute() + "={0})",
                                new Object[] {name},
                                wanting(settings.nameAttribute(), settings.roles().attribute())));
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private Answer check(
            InitialDirContext directory, String name, SearchResult entry, char[] passcode)
            throws NamingException {
        String who = entry.getNameInNamespace();
        if (!binds(who, passcode)) {
            return new Answer.Wrong();
        }
        Attribute spelt = entry.getAttributes().get(settings.nameAttribute());
        // LDAP compares without case: one user shall not be known by two names.
        String known = spelt != null && spelt.size() == 1 ? spelt.get().toString() : name;
        return new Answer.Known(known, roles(directory, entry, known, who));
    }

    /// A bind without a password succeeds at many servers and proves nothing (RFC 4513, 5.1.2).
    private boolean binds(String who, char[] passcode) throws NamingException {
        if (passcode.length == 0) {
            return false;
        }
        try {
            enter(Optional.of(who), Optional.of(new String(passcode))).close();
            return true;
        } catch (AuthenticationException _) {
            return false;
        }
    }

    private Set<String> roles(
            InitialDirContext directory, SearchResult entry, String name, String who)
            throws NamingException {
        Set<String> roles = new HashSet<>();
        Optional<String> base = settings.roles().searchBase();
        if (base.isEmpty()) {
            add(entry, roles);
            return roles;
        }
        List<SearchResult> found =
                all(
                        directory.search(
                                base.get(),
                                settings.roles().filter(),
                                new Object[] {name, who},
                                wanting(settings.roles().attribute())));
        for (SearchResult role : found) {
            add(role, roles);
        }
        return roles;
    }

    private void add(SearchResult entry, Set<String> roles) throws NamingException {
        Attribute named = entry.getAttributes().get(settings.roles().attribute());
        if (named != null) {
            for (Object value : all(named.getAll())) {
                roles.add(word(value.toString()));
            }
        }
    }

    /// `memberOf` names groups by their places: `cn=trader,ou=groups,...` is `trader`.
    private static String word(String value) {
        if (value.indexOf('=') < 0) {
            return value;
        }
        try {
            var place = new LdapName(value);
            return place.getRdn(place.size() - 1).getValue().toString();
        } catch (InvalidNameException _) {
            return value;
        }
    }

    /// An answer that breaks off in the middle is none.
    private static <T> List<T> all(NamingEnumeration<T> found) throws NamingException {
        List<T> all = new ArrayList<>();
        while (found.hasMore()) {
            all.add(found.next());
        }
        return all;
    }

    private SearchControls wanting(String... attributes) {
        int millis = Math.toIntExact(settings.timeout().toMillis());
        return new SearchControls(
                SearchControls.SUBTREE_SCOPE, 0, millis, attributes, false, false);
    }

    @SuppressWarnings("JdkObsolete") // JNDI wants a Hashtable
    private InitialDirContext enter(Optional<String> principal, Optional<String> password)
            throws NamingException {
        String millis = Long.toString(settings.timeout().toMillis());
        var environment = new Hashtable<String, Object>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.ldap.LdapCtxFactory");
        environment.put(Context.PROVIDER_URL, url);
        environment.put("com.sun.jndi.ldap.connect.timeout", millis);
        environment.put("com.sun.jndi.ldap.read.timeout", millis);
        if (principal.isPresent()) {
            environment.put(Context.SECURITY_AUTHENTICATION, "simple");
            environment.put(Context.SECURITY_PRINCIPAL, principal.get());
            environment.put(Context.SECURITY_CREDENTIALS, password.orElse(""));
        }
        return new InitialDirContext(environment);
    }
}
