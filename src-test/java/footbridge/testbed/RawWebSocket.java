package footbridge.testbed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// A WebSocket client that works frame by frame (RFC 6455, section 5) and may break the protocol.
/// Confined to one thread.
public final class RawWebSocket implements AutoCloseable {

    public static final int FIN = 0x80;
    public static final int RSV1 = 0x40;
    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;

    private static final int MASKED = 0x80;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

    private final Socket socket;
    private final DataInputStream in;
    private final String answer;

    /// A frame of the server.
    ///
    /// @param head the first octet: FIN, reserved bits and opcode
    /// @param payload read-only
    public record Received(int head, ByteBuffer payload) {

        public byte[] bytes() {
            byte[] bytes = new byte[payload.remaining()];
            payload.duplicate().get(bytes);
            return bytes;
        }

        /// The status of a close frame.
        public int closeCode() {
            return Short.toUnsignedInt(payload.getShort(0));
        }
    }

    private RawWebSocket(Socket socket, DataInputStream in, String answer) {
        this.socket = socket;
        this.in = in;
        this.answer = answer;
    }

    /// Asks for an upgrade; [#answer] says what came of it.
    ///
    /// @param headers further header lines of the request
    public static RawWebSocket open(URI address, String... headers) throws IOException {
        var socket = new Socket(address.getHost(), address.getPort());
        String request =
                """
                GET %s HTTP/1.1
                Host: %s:%d
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                %s
                """
                        .formatted(
                                address.getPath(),
                                address.getHost(),
                                address.getPort(),
                                headers.length == 0 ? "" : String.join("\n", headers) + "\n");
        socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(US_ASCII));
        var in = new DataInputStream(socket.getInputStream());
        return new RawWebSocket(socket, in, head(in));
    }

    private static String head(DataInputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /// The head of the server's answer to the request.
    public String answer() {
        return answer;
    }

    /// The value of a header of the answer.
    public Optional<String> answerHeader(String name) {
        String wanted = name.toLowerCase(Locale.ROOT) + ":";
        return answer.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(wanted))
                .map(line -> line.substring(wanted.length()).strip())
                .findFirst();
    }

    /// Sends a frame, masked as a client must.
    ///
    /// @param head FIN, reserved bits and opcode
    public void send(int head, byte[] payload) throws IOException {
        byte[] masked = payload.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= MASK[i % MASK.length];
        }
        write(head, MASKED, masked);
    }

    /// Sends a frame without a mask, which a client must not.
    public void sendUnmasked(int head, byte[] payload) throws IOException {
        write(head, 0, payload);
    }

    /// Sends octets that need be no frame at all.
    public void sendOctets(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
    }

    private void write(int head, int mask, byte[] payload) throws IOException {
        var frame = new ByteArrayOutputStream();
        frame.write(head);
        if (payload.length < LENGTH_16) {
            frame.write(mask | payload.length);
        } else if (payload.length < 1 << 16) {
            frame.write(mask | LENGTH_16);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(mask | LENGTH_64);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >> shift));
            }
        }
        if (mask != 0) {
            frame.writeBytes(MASK);
        }
        frame.writeBytes(payload);
        socket.getOutputStream().write(frame.toByteArray());
    }

    /// The server's next frame; empty when it has ended the connection in good order.
    ///
    /// @throws IOException if the connection was reset, or nothing came in time
    public Optional<Received> next(Duration timeout) throws IOException {
        socket.setSoTimeout((int) timeout.toMillis());
        int head = in.read();
        if (head < 0) {
            return Optional.empty();
        }
        int length = in.readUnsignedByte();
        if (length == LENGTH_16) {
            length = in.readUnsignedShort();
        } else if (length == LENGTH_64) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return Optional.of(new Received(head, ByteBuffer.wrap(payload).asReadOnlyBuffer()));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
