package footbridge.connection;

import footbridge.stomp.WireFrame;
import java.nio.ByteBuffer;

/// A frame ready for a socket, which is written straight into the socket's buffer; all of it, or
/// all but the body, which may be shared with the frames of others.
public final class OutgoingFrame {

    static final OutgoingFrame HEART_BEAT = new OutgoingFrame(WireFrame.heartBeat());

    private final WireFrame frame;

    public OutgoingFrame(WireFrame frame) {
        this.frame = frame;
    }

    /// In octets.
    public int size() {
        return frame.size();
    }

    /// Whether it may travel as text.
    public boolean utf8() {
        return frame.utf8();
    }

    /// Writes the whole into `target`, which must have room for it.
    public void writeTo(ByteBuffer target) {
        frame.writeTo(target);
    }

    /// Empty, or what lies between [#writeHead] and a NUL at the end. Shared: nobody writes to it
    /// or moves it.
    public ByteBuffer body() {
        return frame.body();
    }

    /// Writes what comes before [#body] into `target`.
    public void writeHead(ByteBuffer target) {
        frame.writeHead(target);
    }
}
