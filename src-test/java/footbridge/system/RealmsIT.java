package footbridge.system;

import static footbridge.system.Site.PATIENCE;
import static footbridge.system.Site.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.ArtemisBroker;
import footbridge.testbed.GatewayProcess;
import footbridge.testbed.LdapServer;
import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import footbridge.testbed.UserDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Users of an LDAP directory, of a database and of the settings at one gateway.
@Timeout(120)
class RealmsIT {

    private static final String RULES =
            """
            rules:
              - { destination: /queue/traders, to: { jms: artemis, queue: traders }, allow: [trader] }
            """;

    private static LdapServer directory;
    private static UserDatabase database;
    private static ArtemisBroker broker;
    private static GatewayProcess gateway;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Path rules = Files.createDirectory(folder.resolve("rules"));
        Files.writeString(rules.resolve("rules.yaml"), RULES);
        Path driver = UserDatabase.driver(Files.createDirectory(folder.resolve("driver")));
        directory =
                LdapServer.start()
                        .user("ann", "passcode of ann", "cn=x,dc=shop")
                        .user("bob", "passcode of bob", "cn=x,dc=shop")
                        .group("trader", "ann");
        database =
                UserDatabase.start()
                        .user("cem", UserDatabase.SESAME, "trader")
                        .user("ann", UserDatabase.SESAME, "trader");
        broker = ArtemisBroker.in(folder.resolve("broker")).queues("traders").start();
        gateway =
                GatewayProcess.withMappings(rules)
                        .setting("footbridge.jms.artemis.url", broker.url())
                        .setting("footbridge.login.failures-per-login", "0")
                        .settings(directory.settings("footbridge.login.ldap"))
                        .settings(database.settings("footbridge.login.database"))
                        .setting("footbridge.login.database.library", driver.toString())
                        .settings(Passcodes.of("dan", "passcode of dan", "trader"))
                        .start();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.close();
        broker.close();
        database.close();
        directory.close();
    }

    @Test
    void eachUserIsKnownWhereItIsKept() throws Exception {
        assertThat(traders("ann", "passcode of ann")).isEqualTo("RECEIPT");
        assertThat(traders("ANN", "passcode of ann")).isEqualTo("RECEIPT");
        assertThat(traders("bob", "passcode of bob")).isEqualTo("access-denied");
        assertThat(traders("cem", "sesame")).isEqualTo("RECEIPT");
        assertThat(traders("dan", "passcode of dan")).isEqualTo("RECEIPT");
    }

    @Test
    void aWrongPasscodeIsWrongWhateverOthersSay() throws Exception {
        assertThat(traders("ann", "wrong")).isEqualTo("login-refused");
        // The database has an ann, too, but the directory comes first.
        assertThat(traders("ann", "sesame")).isEqualTo("login-refused");
        assertThat(traders("ann", "")).isEqualTo("login-refused");
        assertThat(traders("cem", "wrong")).isEqualTo("login-refused");
        assertThat(traders("dan", "wrong")).isEqualTo("login-refused");
        assertThat(traders("nobody", "sesame")).isEqualTo("login-refused");
    }

    @Test
    void aDirectoryThatIsAwayIsNobodysFault() throws Exception {
        directory.stop();
        assertThat(traders("ann", "passcode of ann")).isEqualTo("login-unavailable");

        directory.startAgain();
        await().atMost(PATIENCE).until(() -> traders("ann", "passcode of ann").equals("RECEIPT"));
        assertThat(gateway.log())
                .doesNotContain("passcode of")
                .doesNotContain("password of")
                .doesNotContain("sesame");
    }

    /// What becomes of a SEND that takes a role.
    private static String traders(String user, String passcode) throws Exception {
        try (StompClient client = StompClient.webSocket(gateway.webSocket(), "v12.stomp")) {
            client.send(
                    "CONNECT",
                    headers("accept-version", "1.2", "login", user, "passcode", passcode),
                    "");
            StompFrame answer = client.next(PATIENCE).orElseThrow();
            if (answer.command().equals("CONNECTED")) {
                answer = Site.send(client, "/queue/traders", "m");
            }
            return answer.header("code").orElse(answer.command());
        }
    }
}
