package footbridge.app.login;

import footbridge.access.AccessDenied;
import footbridge.access.Credentials;
import footbridge.access.Identity;
import footbridge.access.Proven;
import footbridge.app.realm.DatabaseSettings;
import footbridge.app.realm.DatabaseUsers;
import footbridge.app.realm.LdapSettings;
import footbridge.app.realm.LdapUsers;
import footbridge.app.realm.UserStore;
import footbridge.app.realm.UserStore.Answer;
import footbridge.app.settings.FootbridgeSettings;
import footbridge.app.settings.InvalidSettings;
import footbridge.portable.provider.InvalidProvider;
import footbridge.portable.provider.ProviderClasses;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// The LDAP directory and the database of users that the settings name, asked in that order. The
/// first that knows a name decides.
@Singleton
public class UserStores {

    private static final Logger LOG = System.getLogger(UserStores.class.getName());

    private final SequencedMap<String, UserStore> stores = new LinkedHashMap<>();
    private final Duration timeout;

    UserStores(FootbridgeSettings settings) {
        this.timeout = settings.login().timeout();
        LdapSettings ldap = settings.login().ldap();
        DatabaseSettings database = settings.login().database();
        ldap.url().ifPresent(url -> add("ldap", () -> new LdapUsers(ldap, url)));
        database.url().ifPresent(url -> add("database", () -> users(database, url)));
    }

    private void add(String name, Supplier<UserStore> store) {
        try {
            stores.put(name, store.get());
        } catch (InvalidProvider fault) {
            throw InvalidSettings.because(
                    "footbridge.login.%s.%s: %s".formatted(name, fault.key(), fault.getMessage()));
        } catch (IllegalArgumentException fault) {
            throw InvalidSettings.because(
                    "footbridge.login.%s: %s".formatted(name, fault.getMessage()));
        }
    }

    private UserStore users(DatabaseSettings database, String url) {
        return new DatabaseUsers(database, url, ProviderClasses.of(database.library()), timeout);
    }

    /// Makes that bad settings stop the start, and not the first client.
    void start(@Observes StartupEvent event) {
        if (!stores.isEmpty()) {
            LOG.log(
                    Level.INFO,
                    "passcodes are checked elsewhere first stores={0}",
                    stores.keySet());
        }
    }

    /// Who the client is; empty if no store knows the name. Blocks.
    ///
    /// @throws AccessDenied if the passcode is wrong, or a store cannot tell in time
    Optional<Proven> look(Credentials.Passcode passcode) throws AccessDenied {
        for (UserStore store : stores.values()) {
            switch (inTime(() -> store.look(passcode.login(), passcode.passcode().toCharArray()))) {
                case Answer.Known(var name, var roles) -> {
                    return Optional.of(new Proven(new Identity(name, roles, false)));
                }
                case Answer.Wrong _ -> throw new AccessDenied(Realm.WRONG);
                case Answer.Unknown _ -> {
                    // the next one may know it
                }
            }
        }
        return Optional.empty();
    }

    private Answer inTime(Supplier<Answer> question) throws AccessDenied {
        var asked = new FutureTask<>(question::get);
        Thread.ofVirtual().name("user-store").start(asked);
        try {
            return asked.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Verdict.unavailable(e);
        } catch (ExecutionException e) {
            throw Verdict.unavailable(e.getCause());
        } catch (TimeoutException e) {
            throw Verdict.unavailable(e);
        } finally {
            asked.cancel(true);
        }
    }
}
