package footbridge.system;

import static org.assertj.core.api.Assertions.assertThat;

import footbridge.clients.NodeTests;
import footbridge.testbed.StompClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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

    /// The demo makes queues that somebody subscribes to.
    @Test
    void browsersAndJmsClientsAnswerEachOther() throws Exception {
        try (StompClient first = site.connected();
                JmsPeer peer = new JmsPeer(site.brokers().artemisUrl())) {
            Site.subscribe(first, "0", "/queue/questions");
            Site.subscribe(first, "1", "/queue/service");
            first.send("DISCONNECT", Map.of("receipt", "bye"), "");
            first.expect("RECEIPT", Site.PATIENCE);
            peer.answer("demo.questions");
            var answer = peer.ask("demo.service", "yes?");

            NodeTests.run("answers.test.mjs", environment());

            assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("yes? of course");
        }
    }

    @Test
    void everyLibraryDoesWhatItsUsersDo() throws Exception {
        NodeTests.run("matrix.test.mjs", environment());
    }

    private static Map<String, String> environment() {
        int port = site.gateway().httpPort();
        return Map.of(
                "FOOTBRIDGE_WS", "ws://localhost:" + port + "/stomp",
                "FOOTBRIDGE_SOCKJS", "http://localhost:" + port + "/sockjs",
                "FOOTBRIDGE_PAGE", "http://localhost:" + port + "/");
    }
}
