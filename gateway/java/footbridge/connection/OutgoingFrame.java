package footbridge.connection;

import footbridge.stomp.WireFrame;
import java.nio.ByteBuffer;

/// A frame ready for a socket: octets in parts, which may be shared with the frames of others.
public final class OutgoingFrame {

    static final OutgoingFrame HEART_BEAT = new OutgoingFrame(WireFrame.EOL);

    private final WireFrame frame;

    OutgoingFrame(WireFrame frame) {
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

    /// Copies the whole into `target`, which must have room for it.
    public void copyTo(ByteBuffer target) {
        frame.copyTo(target);
    }

    public int parts() {
        return frame.parts();
    }

    /// The part's octets, in a read-only buffer of the caller's own.
    public ByteBuffer part(int index) {
        return frame.part(index);
    }
}
