package footbridge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The client over TCP, against a server of which this test writes every octet. What differs over
/// WebSocket is tested on the gateway.
@Timeout(30)
class StompClientTest {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration A_MOMENT = Duration.ofMillis(50);

    private ServerSocket listener;
    private StompClient client;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        client = StompClient.tcp("localhost", listener.getLocalPort());
        server = listener.accept();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        listener.close();
    }

    @Test
    void sendsWhatItIsTold() throws IOException {
        client.send("garbage\0");
        client.send("SEND", Map.of("destination", "/queue/a"), "hello");

        assertThat(server.getInputStream().readNBytes(40))
                .asString(UTF_8)
                .isEqualTo("garbage\0SEND\ndestination:/queue/a\n\nhello");
    }

    @Test
    void framesComeInOrder() throws Exception {
        serve("CONNECTED\nversion:1.2\n\n\0\nRECEIPT\nreceipt-id:1\n\n\0");

        assertThat(client.expect("CONNECTED", SOON).header("version")).contains("1.2");
        assertThat(client.expect("RECEIPT", SOON).header("receipt-id")).contains("1");
        assertThat(client.next(A_MOMENT)).isEmpty();
        assertThat(client.heartBeats()).isEqualTo(1);
    }

    @Test
    void unexpectedFrameFailsTheTest() throws Exception {
        serve("ERROR\nmessage:no\n\n\0");

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> client.expect("CONNECTED", SOON))
                .withMessageContaining("ERROR");
    }

    @Test
    void endShowsAfterTheLastFrame() throws Exception {
        serve("ERROR\nmessage:no\n\n\0");
        server.close();

        assertThat(client.awaitEnd(SOON).map(StompClient.End::code)).contains(OptionalInt.empty());
        client.expect("ERROR", SOON);
        assertThat(client.next(SOON)).isEmpty();
    }

    @Test
    void openConnectionHasNoEnd() throws Exception {
        assertThat(client.awaitEnd(A_MOMENT)).isEmpty();
    }

    @Test
    void malformedFrameShowsAfterTheFramesBeforeIt() throws Exception {
        serve("RECEIPT\nreceipt-id:1\n\n\0nonsense\n\n\0");

        client.expect("RECEIPT", SOON);
        assertThatExceptionOfType(MalformedFrame.class).isThrownBy(() -> client.next(SOON));
    }

    @Test
    void halfAFrameAtTheEndIsMalformed() throws Exception {
        serve("RECEIPT\nreceipt-id:1\n");
        server.close();

        assertThatExceptionOfType(MalformedFrame.class).isThrownBy(() -> client.awaitEnd(SOON));
    }

    @Test
    void pausedClientReadsNothing() throws Exception {
        client.pauseReading();
        serve("RECEIPT\nreceipt-id:1\n\n\0");

        assertThat(client.next(A_MOMENT)).isEmpty();
        client.resumeReading();
        client.expect("RECEIPT", SOON);
    }

    private void serve(String octets) throws IOException {
        server.getOutputStream().write(octets.getBytes(UTF_8));
        server.getOutputStream().flush();
    }
}
