package footbridge.system;

import footbridge.clients.NodeTests;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients that others have written, and the page in a real browser.
@Timeout(600)
class ClientsIT {

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
    void stompjs7Works() throws Exception {
        NodeTests.run("stompjs7.test.mjs", environment());
    }

    @Test
    void theOldStompJsWorks() throws Exception {
        NodeTests.run("stompjs2.test.mjs", environment());
    }

    @Test
    void thePageWorksInChromium() throws Exception {
        NodeTests.run("page.test.mjs", environment());
    }

    private static Map<String, String> environment() {
        int port = site.gateway().httpPort();
        return Map.of(
                "FOOTBRIDGE_WS", "ws://localhost:" + port + "/stomp",
                "FOOTBRIDGE_PAGE", "http://localhost:" + port + "/");
    }
}
