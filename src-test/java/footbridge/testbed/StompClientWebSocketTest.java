package footbridge.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The client over WebSocket, against a server that sends back what it gets, in two pieces.
@Timeout(30)
class StompClientWebSocketTest {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String FRAME = "MESSAGE\na:ä\n\n😀 body\0";

    private Vertx vertx;
    private URI address;

    @BeforeEach
    void startServer() throws Exception {
        vertx = Vertx.vertx();
        HttpServer server =
                vertx.createHttpServer(new HttpServerOptions().addWebSocketSubProtocol("v12.stomp"))
                        .webSocketHandler(StompClientWebSocketTest::echo)
                        .listen(0, "localhost")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(SOON.toSeconds(), TimeUnit.SECONDS);
        address = URI.create("ws://localhost:" + server.actualPort() + "/stomp");
    }

    private static void echo(ServerWebSocket socket) {
        socket.binaryMessageHandler(message -> {
            socket.writeBinaryMessage(message.getBuffer(0, 10));
            socket.writeBinaryMessage(message.getBuffer(10, message.length()));
        });
        socket.textMessageHandler(text -> {
            if (text.equals("close")) {
                socket.close((short) 1008, "as told");
            } else {
                socket.writeTextMessage(text.substring(0, 10));
                socket.writeTextMessage(text.substring(10));
            }
        });
    }

    @AfterEach
    void stopServer() throws Exception {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void textMessagesCarryFrames() throws Exception {
        try (StompClient client = StompClient.webSocket(address, "v11.stomp", "v12.stomp")) {
            assertThat(client.subProtocol()).isEqualTo("v12.stomp");
            assertFrameComesBack(client);
        }
    }

    @Test
    void binaryMessagesCarryFrames() throws Exception {
        try (StompClient client = StompClient.binaryWebSocket(address)) {
            assertThat(client.subProtocol()).isEmpty();
            assertFrameComesBack(client);
        }
    }

    @Test
    void closeCodeIsTold() throws Exception {
        try (StompClient client = StompClient.webSocket(address)) {
            client.send("close");

            assertThat(client.awaitEnd(SOON))
                    .contains(new StompClient.End(OptionalInt.of(1008), "as told"));
        }
    }

    @Test
    void refusalFailsTheOpening() {
        URI elsewhere = URI.create("ws://localhost:" + FreePort.find() + "/stomp");

        assertThatIOException().isThrownBy(() -> StompClient.webSocket(elsewhere));
    }

    private static void assertFrameComesBack(StompClient client)
            throws IOException, InterruptedException {
        client.send(FRAME);

        StompFrame frame = client.expect("MESSAGE", SOON);
        assertThat(frame.header("a")).contains("ä");
        assertThat(frame.text()).isEqualTo("😀 body");
    }
}
