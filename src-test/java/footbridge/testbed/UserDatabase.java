package footbridge.testbed;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.h2.tools.Server;

/// A real database (H2) in this JVM that others reach over TCP, with tables of users and roles.
public final class UserDatabase implements AutoCloseable {

    /// Of the passcode `sesame`, by bcrypt.
    public static final String SESAME =
            "$2b$05$abcdefghijklmnopqrstuuKcS.CYWVYVaLiiCKrrc0A5s3mGesJ9O";

    private static final String QUERY =
            "SELECT u.passcode, r.role FROM users u LEFT JOIN roles r ON r.name = u.name WHERE u.name = ?";

    private final String name = "users" + UUID.randomUUID();
    private final Server server;
    private final Connection keeper;

    private UserDatabase(Server server) throws SQLException {
        this.server = server;
        keeper = DriverManager.getConnection(url(), "sa", "password of sa");
        execute("CREATE TABLE users (name VARCHAR(50) PRIMARY KEY, passcode VARCHAR(200))");
        execute("CREATE TABLE roles (name VARCHAR(50), role VARCHAR(50))");
    }

    /// Without users yet.
    public static UserDatabase start() throws SQLException {
        return new UserDatabase(Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start());
    }

    public String url() {
        return "jdbc:h2:tcp://localhost:" + server.getPort() + "/mem:" + name;
    }

    /// What the gateway needs to know of it, as settings below `prefix`; the driver is not among
    /// them.
    public Map<String, String> settings(String prefix) {
        return Map.of(
                prefix + ".url",
                url(),
                prefix + ".user",
                "sa",
                prefix + ".password",
                "password of sa",
                prefix + ".query",
                QUERY);
    }

    /// Copies the driver's jar into a folder.
    public static Path driver(Path folder) throws IOException, URISyntaxException {
        var jar =
                new File(Server.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Files.copy(jar.toPath(), folder.resolve(jar.getName()));
        return folder;
    }

    public UserDatabase user(String name, String hash, String... roles) throws SQLException {
        execute("INSERT INTO users VALUES (?, ?)", name, hash);
        for (String role : roles) {
            execute("INSERT INTO roles VALUES (?, ?)", name, role);
        }
        return this;
    }

    private void execute(String statement, String... values) throws SQLException {
        try (var prepared = keeper.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                prepared.setString(i + 1, values[i]);
            }
            prepared.execute();
        }
    }

    @Override
    public void close() throws SQLException {
        keeper.close();
        server.stop();
    }
}
