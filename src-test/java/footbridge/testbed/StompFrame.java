package footbridge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/// A frame as a client sees it.
///
/// @param headers unescaped, in the order of the wire; of repeated headers the first
/// @param body read-only
public record StompFrame(String command, Map<String, String> headers, ByteBuffer body) {

    public StompFrame {
        body = body.asReadOnlyBuffer();
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public byte[] bytes() {
        byte[] bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        return bytes;
    }

    public String text() {
        return new String(bytes(), UTF_8);
    }

    @Override
    public String toString() {
        return command + headers + " " + text();
    }
}
