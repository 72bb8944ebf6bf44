package footbridge.stomp;

import java.nio.ByteBuffer;

/// Octets ready for the socket, in parts of which some may be shared with other subscribers'
/// frames. Immutable.
public final class WireFrame {

    private static final ByteBuffer[] NOTHING_SHARED = {};

    /// A heart-beat: one LF (B5, W6).
    public static final WireFrame EOL = new WireFrame(new byte[] {'\n'});

    private final byte[] own;
    private final ByteBuffer[] shared;
    private final int size;
    private final boolean utf8;

    /// @param own a whole frame in valid UTF-8; the caller never writes to it again
    WireFrame(byte[] own) {
        this.own = own;
        this.shared = NOTHING_SHARED;
        this.size = own.length;
        this.utf8 = true;
    }

    /// @param own the beginning of a frame, in valid UTF-8; the caller never writes to it again
    WireFrame(byte[] own, SharedMessage rest) {
        this.own = own;
        this.shared = rest.parts();
        this.size = own.length + rest.size();
        this.utf8 = rest.utf8();
    }

    /// The length of the whole, in octets.
    public int size() {
        return size;
    }

    /// Whether the frame may travel in a WebSocket message of type TEXT (W7).
    public boolean utf8() {
        return utf8;
    }

    /// How many parts there are, one at least.
    public int parts() {
        return 1 + shared.length;
    }

    /// One part, in a read-only buffer of the caller's own over the shared octets.
    public ByteBuffer part(int i) {
        return i == 0 ? ByteBuffer.wrap(own).asReadOnlyBuffer() : shared[i - 1].asReadOnlyBuffer();
    }

    /// A copy of the whole, for tests and small frames.
    public byte[] toBytes() {
        ByteBuffer whole = ByteBuffer.allocate(size);
        for (int i = 0; i < parts(); i++) {
            whole.put(part(i));
        }
        return whole.array();
    }
}
