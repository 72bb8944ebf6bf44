package footbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import footbridge.clients.ScriptTests;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients of other languages, as Debian packages them, over TCP.
class OtherLanguagesIT {

    private static Site site;

    @BeforeAll
    static void start(@TempDir Path data) {
        site = Site.start(data);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void python() throws Exception {
        var probe = List.of("/usr/bin/python3", "-c", "import stomp");

        assertThat(run("python3-stomp", probe, "/usr/bin/python3", "stomp_py.py"))
                .contains("stomp.py");
    }

    @Test
    void perl() throws Exception {
        var probe = List.of("/usr/bin/perl", "-MNet::Stomp", "-e", "1");

        assertThat(run("libnet-stomp-perl", probe, "/usr/bin/perl", "net_stomp.pl"))
                .contains("Net::Stomp");
    }

    @Test
    void ruby() throws Exception {
        var probe = List.of("/usr/bin/ruby", "-e", "require 'stomp'");

        assertThat(run("ruby-stomp", probe, "/usr/bin/ruby", "stomp_gem.rb")).contains("stomp gem");
    }

    @Test
    void php() throws Exception {
        var probe = List.of("/usr/bin/php", "-r", "exit(class_exists('Stomp') ? 0 : 1);");

        assertThat(run("php-cli php-stomp", probe, "/usr/bin/php", "stomp_ext.php"))
                .contains("php-stomp");
    }

    @Test
    void netcat() throws Exception {
        assertThat(run("netcat-openbsd", List.of("nc", "-h"), "bash", "by_hand.sh"))
                .contains("netcat");
    }

    private static String run(String needs, List<String> probe, String interpreter, String script)
            throws Exception {
        String port = Integer.toString(site.gateway().tcpPort());
        return ScriptTests.run(needs, probe, interpreter, script, "localhost", port);
    }
}
