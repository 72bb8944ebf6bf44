package footbridge.app.realm;

import java.nio.file.Path;
import java.util.Optional;

/// Where a database keeps users and their roles.
public interface DatabaseSettings {

    /// Of JDBC, such as `jdbc:postgresql://db/users`; without it there is no database.
    Optional<String> url();

    Optional<String> user();

    Optional<String> password();

    /// Folder with the jars of the JDBC driver.
    Optional<Path> library();

    /// With one `?` for the name; must be given with the url. Each row has the hash of the passcode
    /// and, if the query has a second column, a role.
    Optional<String> query();
}
