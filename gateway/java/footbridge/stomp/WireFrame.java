package footbridge.stomp;

import java.nio.ByteBuffer;

/// A frame on its way to a socket: it knows its length, and is written straight into the socket's
/// buffer. What it has in common with the frames of other subscribers it shares. Immutable.
public sealed interface WireFrame permits WholeFrame, MessageFrame {

    /// A heart-beat: one LF (B5, W6).
    static WireFrame heartBeat() {
        return WholeFrame.HEART_BEAT;
    }

    /// The length of the whole, in octets.
    int size();

    /// Whether the frame may travel in a WebSocket message of type TEXT (W7).
    boolean utf8();

    /// The body of a frame of which not all is written by [#writeHead]: nothing but a NUL comes
    /// behind it. The buffer is shared; nobody writes to it or moves it.
    ByteBuffer body();

    /// Writes what comes before [#body()] into `target`.
    void writeHead(ByteBuffer target);

    /// Writes the whole into `target`, which must have room for [#size()] octets.
    default void writeTo(ByteBuffer target) {
        writeHead(target);
        ByteBuffer body = body();
        int length = body.remaining();
        if (length > 0) {
            int at = target.position();
            target.put(at, body, body.position(), length);
            target.position(at + length).put((byte) 0);
        }
    }

    /// A copy of the whole, for tests and small frames.
    default byte[] toBytes() {
        ByteBuffer whole = ByteBuffer.allocate(size());
        writeTo(whole);
        return whole.array();
    }
}
