package footbridge.conversations;

import static footbridge.testbed.RawWebSocket.BINARY;
import static footbridge.testbed.RawWebSocket.CLOSE;
import static footbridge.testbed.RawWebSocket.CONTINUATION;
import static footbridge.testbed.RawWebSocket.FIN;
import static footbridge.testbed.RawWebSocket.PING;
import static footbridge.testbed.RawWebSocket.PONG;
import static footbridge.testbed.RawWebSocket.RSV1;
import static footbridge.testbed.RawWebSocket.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.testbed.RawWebSocket;
import footbridge.testbed.RawWebSocket.Received;
import footbridge.testbed.StompClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.Deflater;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// W: STOMP over WebSocket, as far as conversations cannot tell: handshake, frames and close.
@ExtendWith(SharedGateways.class)
final class WebSocketIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CONNECT = "CONNECT\naccept-version:1.2\nhost:h\n\n\0";
    private static final int PROTOCOL_ERROR = 1002;
    private static final int NOT_UTF8 = 1007;

    private WireGateway gateway;

    @BeforeEach
    void use(WireGateway shared) {
        gateway = shared;
    }

    @Test
    void theHighestSubProtocolOfferedIsTheAnswer_W3_ambiguity25() throws Exception {
        assertThat(subProtocol("v10.stomp", "v12.stomp", "v11.stomp")).isEqualTo("v12.stomp");
        assertThat(subProtocol("v10.stomp", "v11.stomp")).isEqualTo("v11.stomp");
        assertThat(subProtocol("mqtt", "v10.stomp")).isEqualTo("v10.stomp");
    }

    @Test
    void withoutASubProtocolOfOursTheSocketOpensWithoutOne_W4_ambiguity25() throws Exception {
        assertThat(subProtocol()).isEmpty();
        assertThat(subProtocol("mqtt", "chat")).isEmpty();
    }

    private String subProtocol(String... offered) throws IOException {
        try (StompClient client = StompClient.webSocket(gateway.webSocket(), offered)) {
            return client.subProtocol();
        }
    }

    @Test
    void connectDecidesTheVersionWhateverTheSubProtocol_W5_ambiguity26() throws Exception {
        try (StompClient client = StompClient.webSocket(gateway.webSocket(), "v10.stomp")) {
            client.send(CONNECT);

            assertThat(client.expect("CONNECTED", PATIENCE).header("version")).contains("1.2");
        }
    }

    @Test
    void aFrameIsTextIfAllOfItIsUtf8AndElseBinary_W7_ambiguity24() throws Exception {
        try (RawWebSocket socket = connected()) {
            socket.send(
                    FIN | TEXT, utf8("SUBSCRIBE\nid:0\ndestination:/topic/utf8\nreceipt:r\n\n\0"));
            assertThat(text(socket)).startsWith("RECEIPT");

            socket.send(FIN | TEXT, utf8("SEND\ndestination:/topic/utf8\n\nü\0"));
            Received text = socket.next(PATIENCE).orElseThrow();
            assertThat(text.head()).isEqualTo(FIN | TEXT);
            assertThat(new String(text.bytes(), UTF_8)).endsWith("ü\0");

            byte[] head = utf8("SEND\ndestination:/topic/utf8\ncontent-length:2\n\n");
            socket.send(FIN | BINARY, joined(head, new byte[] {(byte) 0xff, 0, 0}));
            Received binary = socket.next(PATIENCE).orElseThrow();
            assertThat(binary.head()).isEqualTo(FIN | BINARY);
            assertThat(binary.bytes()).endsWith(0xff, 0, 0);
        }
    }

    @Test
    void theServersHeartBeatIsAMessageOfOneLf_W6_B5() throws Exception {
        try (RawWebSocket socket = RawWebSocket.open(gateway.webSocket())) {
            socket.send(
                    FIN | TEXT,
                    utf8("CONNECT\naccept-version:1.2\nhost:h\nheart-beat:0,1000\n\n\0"));
            assertThat(text(socket)).startsWith("CONNECTED");

            assertThat(text(socket)).isEqualTo("\n");
        }
    }

    @Test
    void disconnectEndsInACloseHandshake_W8_D2() throws Exception {
        try (RawWebSocket socket = connected()) {
            socket.send(FIN | TEXT, utf8("DISCONNECT\nreceipt:r\n\n\0"));

            assertThat(text(socket)).startsWith("RECEIPT");
            assertClosed(socket, 1000);
        }
    }

    @Test
    void anErrorIsFollowedByACloseHandshakeAndNoReset_W8_C12() throws Exception {
        try (RawWebSocket socket = connected()) {
            for (int i = 0; i < 50; i++) {
                socket.send(
                        FIN | TEXT,
                        utf8("SEND\ndestination:/nowhere\n\n" + "x".repeat(1000) + "\0"));
            }

            assertThat(text(socket)).startsWith("ERROR");
            assertClosed(socket, 1008);
        }
    }

    /// The close frame, and after our answer the end of the stream, not a reset.
    private static void assertClosed(RawWebSocket socket, int code) throws IOException {
        Received close = socket.next(PATIENCE).orElseThrow();
        assertThat(close.head()).isEqualTo(FIN | CLOSE);
        assertThat(close.closeCode()).isEqualTo(code);
        socket.send(FIN | CLOSE, close.bytes());
        assertThat(socket.next(PATIENCE)).isEmpty();
    }

    @Test
    void aMessageInFragmentsIsOneMessage_W9() throws Exception {
        try (RawWebSocket socket = RawWebSocket.open(gateway.webSocket())) {
            socket.send(TEXT, utf8(CONNECT.substring(0, 9)));
            socket.send(FIN | PING, utf8("between"));
            socket.send(CONTINUATION, utf8(CONNECT.substring(9, 20)));
            socket.send(FIN | CONTINUATION, utf8(CONNECT.substring(20)));

            Received pong = socket.next(PATIENCE).orElseThrow();
            assertThat(pong.head()).isEqualTo(FIN | PONG);
            assertThat(pong.bytes()).isEqualTo(utf8("between"));
            assertThat(text(socket)).startsWith("CONNECTED");
        }
    }

    @Test
    void framesWithoutMaskOrWithReservedBitsEndTheConnection_W9() throws Exception {
        try (RawWebSocket socket = connected()) {
            socket.sendUnmasked(FIN | TEXT, utf8("\n"));
            assertFailed(socket, PROTOCOL_ERROR);
        }
        try (RawWebSocket socket = connected()) {
            socket.send(FIN | RSV1 | TEXT, utf8("\n"));
            assertFailed(socket, PROTOCOL_ERROR);
        }
        try (RawWebSocket socket = connected()) {
            socket.send(FIN | 3, utf8("an opcode that is none"));
            assertFailed(socket, PROTOCOL_ERROR);
        }
    }

    @Test
    void textThatIsNotUtf8EndsTheConnection_W9() throws Exception {
        try (RawWebSocket socket = connected()) {
            socket.send(FIN | TEXT, joined(utf8("SEND\nx:"), new byte[] {(byte) 0xc3, 0x28}));
            assertFailed(socket, NOT_UTF8);
        }
    }

    /// The connection is failed (RFC 6455, 7.1.7): closed with this code, or just dropped.
    private static void assertFailed(RawWebSocket socket, int code) throws IOException {
        Optional<Received> close = socket.next(PATIENCE);
        if (close.isPresent()) {
            assertThat(close.get().head()).isEqualTo(FIN | CLOSE);
            assertThat(close.get().closeCode()).isEqualTo(code);
        }
        assertThat(socket.next(PATIENCE)).isEmpty();
    }

    @Test
    void compressionIsNotOfferedSoNothingCanBlowUp_W12() throws Exception {
        try (RawWebSocket socket =
                RawWebSocket.open(
                        gateway.webSocket(),
                        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits,"
                                + " x-webkit-deflate-frame")) {
            assertThat(socket.answer()).startsWith("HTTP/1.1 101");
            assertThat(socket.answerHeader("Sec-WebSocket-Extensions")).isEmpty();

            socket.send(FIN | RSV1 | BINARY, bomb());

            assertFailed(socket, PROTOCOL_ERROR);
        }
    }

    /// 64 MiB of NULs in 64 KiB, as permessage-deflate has it.
    private static byte[] bomb() {
        try (var deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(new byte[64 << 20]);
            deflater.finish();
            byte[] bomb = new byte[1 << 20];
            int length = deflater.deflate(bomb);
            return Arrays.copyOf(bomb, length);
        }
    }

    @Test
    void clientsThatComeAndGoQuicklyAreServed_C9() throws Exception {
        for (int i = 0; i < 100; i++) {
            Way way = i % 2 == 0 ? Way.TEXT : Way.TCP;
            StompClient client = gateway.open(way);
            client.send(CONNECT);
            client.expect("CONNECTED", PATIENCE);
            if (i % 3 == 0) {
                client.abort();
            } else {
                client.send("DISCONNECT\n\n\0");
                client.close();
            }
        }
    }

    private RawWebSocket connected() throws IOException {
        RawWebSocket socket = RawWebSocket.open(gateway.webSocket());
        socket.send(FIN | TEXT, utf8(CONNECT));
        assertThat(text(socket)).startsWith("CONNECTED");
        return socket;
    }

    private static String text(RawWebSocket socket) throws IOException {
        Received frame = socket.next(PATIENCE).orElseThrow();
        assertThat(frame.head()).isEqualTo(FIN | TEXT);
        return new String(frame.bytes(), UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var joined = new ByteArrayOutputStream();
        joined.writeBytes(first);
        joined.writeBytes(second);
        return joined.toByteArray();
    }
}
