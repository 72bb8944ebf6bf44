package footbridge.app.realm;

import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The users of a database. A connection for each question, and few at a time: the hashes cost more
/// than that.
///
/// Safe for use by any thread.
public final class DatabaseUsers implements UserStore {

    private static final int AT_ONCE = 8;

    private final DatabaseSettings settings;
    private final String url;
    private final String query;
    private final Duration timeout;
    private final Driver driver;
    private final Semaphore turns = new Semaphore(AT_ONCE);

    /// @param classes of the JDBC driver
    /// @param timeout of a question
    /// @throws IllegalArgumentException if there is no driver for the url, or no query
    public DatabaseUsers(
            DatabaseSettings settings, String url, ClassLoader classes, Duration timeout) {
        this.settings = settings;
        this.url = url;
        this.timeout = timeout;
        this.driver = driver(url, classes);
        this.query =
                settings.query()
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "say with query how to ask it for a user"));
    }

    private static Driver driver(String url, ClassLoader classes) {
        for (Driver each : ServiceLoader.load(Driver.class, classes)) {
            if (accepts(each, url)) {
                return each;
            }
        }
        throw new IllegalArgumentException(
                "no JDBC driver for it; put the driver's jar into a folder and name that with library");
    }

    private static boolean accepts(Driver driver, String url) {
        try {
            return driver.acceptsURL(url);
        } catch (SQLException _) {
            return false;
        }
    }

    @Override
    public Answer look(String name, char[] passcode) {
        try {
            if (!turns.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLTimeoutException("too many logins at once");
            }
            try {
                return ask(name, passcode);
            } finally {
                turns.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailable("interrupted", e);
        } catch (SQLException | GeneralSecurityException e) {
            throw new StoreUnavailable("the database of users cannot be asked", e);
        }
    }

    private Answer ask(String name, char[] passcode) throws SQLException, GeneralSecurityException {
        @Nullable String hash = null;
        Set<String> roles = new HashSet<>();
        try (Connection connection = connect();
                PreparedStatement question = connection.prepareStatement(query)) {
            question.setQueryTimeout(Math.toIntExact(Math.max(1, timeout.toSeconds())));
            question.setString(1, name);
            ResultSet rows = question.executeQuery();
            while (rows.next()) {
                hash = hash == null ? rows.getString(1) : hash;
                role(rows).ifPresent(roles::add);
            }
        }
        if (hash == null) {
            return new Answer.Unknown();
        }
        return Hashes.match(hash, passcode) ? new Answer.Known(name, roles) : new Answer.Wrong();
    }

    private static Optional<String> role(ResultSet row) throws SQLException {
        return row.getMetaData().getColumnCount() < 2
                ? Optional.empty()
                : Optional.ofNullable(row.getString(2));
    }

    private Connection connect() throws SQLException {
        var account = new Properties();
        settings.user().ifPresent(user -> account.setProperty("user", user));
        settings.password().ifPresent(password -> account.setProperty("password", password));
        Connection connection = driver.connect(url, account);
        if (connection == null) {
            throw new SQLException("the driver does not take the url");
        }
        return connection;
    }
}
