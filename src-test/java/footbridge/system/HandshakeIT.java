package footbridge.system;

import static footbridge.system.Site.PATIENCE;
import static footbridge.system.Site.headers;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.testbed.StompClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How a client gets in.
@Timeout(120)
class HandshakeIT {

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
    void pagesOfOtherOriginsMayNotConnect_W11() throws Exception {
        int port = site.gateway().httpPort();

        assertThat(upgrade("Origin: http://localhost:" + port)).contains("101");
        assertThat(upgrade("Origin: http://evil.example")).contains("403");
        assertThat(upgrade("Origin: http://localhost:" + (port + 1))).contains("403");
        assertThat(upgrade("Origin: null")).contains("403");
        assertThat(upgrade("X-No-Origin: a client that is no browser")).contains("101");
    }

    @Test
    void aPlainRequestIsToldToUpgrade_W10() throws Exception {
        assertThat(request("GET /stomp HTTP/1.1\r\nHost: localhost\r\n\r\n")).contains("426");
    }

    @Test
    void aWrongPasscodeIsRefusedThoughAnonymousClientsAreLetIn() throws Exception {
        try (StompClient client = StompClient.webSocket(site.gateway().webSocket())) {
            client.send(
                    "CONNECT",
                    headers("accept-version", "1.2", "login", "guest", "passcode", "wrong"),
                    "");

            assertThat(client.expect("ERROR", PATIENCE).header("code")).contains("login-refused");
        }
        assertThat(site.gateway().log()).doesNotContain("wrong");
    }

    @Test
    void aUserIsToldByWhichNameHeIsKnown() throws Exception {
        try (StompClient client = StompClient.webSocket(site.gateway().webSocket())) {
            client.send(
                    "CONNECT",
                    headers("accept-version", "1.2", "login", "guest", "passcode", "guest"),
                    "");

            assertThat(client.expect("CONNECTED", PATIENCE).header("user-name")).contains("guest");
        }
    }

    private String upgrade(String header) throws IOException {
        return request(
                """
                GET /stomp HTTP/1.1
                Host: localhost:%d
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                %s

                """
                        .formatted(site.gateway().httpPort(), header)
                        .replace("\n", "\r\n"));
    }

    /// The status line of the answer.
    private String request(String request) throws IOException {
        try (var socket = new Socket("localhost", site.gateway().httpPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
            return new BufferedReader(answer).readLine();
        }
    }
}
