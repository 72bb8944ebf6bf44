package footbridge.stomp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Octets ready for the socket, in parts of which some may be shared with other subscribers'
/// frames. Immutable.
public final class WireFrame {

    /// A heart-beat: one LF (B5, W6).
    public static final WireFrame EOL = new WireFrame(new byte[] {'\n'});

    private final byte[] own;
    private final @Nullable SharedMessage rest;
    private final int size;
    private final boolean utf8;

    /// @param own a whole frame in valid UTF-8; the caller never writes to it again
    WireFrame(byte[] own) {
        this.own = own;
        this.rest = null;
        this.size = own.length;
        this.utf8 = true;
    }

    /// @param own the beginning of a frame, in valid UTF-8; the caller never writes to it again
    WireFrame(byte[] own, SharedMessage rest) {
        this.own = own;
        this.rest = rest;
        this.size = Math.addExact(own.length, rest.size());
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
        return rest == null ? 1 : 1 + rest.parts();
    }

    /// One part, in a read-only buffer of the caller's own over the shared octets.
    public ByteBuffer part(int i) {
        return i == 0 || rest == null ? ByteBuffer.wrap(own).asReadOnlyBuffer() : rest.part(i - 1);
    }

    /// Copies the whole into `target`, which must have room for [#size()] octets: for small frames,
    /// where parts cost more than copying does.
    public void copyTo(ByteBuffer target) {
        target.put(own);
        if (rest != null) {
            rest.copyTo(target);
        }
    }

    /// A copy of the whole, for tests and small frames.
    public byte[] toBytes() {
        ByteBuffer whole = ByteBuffer.allocate(size);
        copyTo(whole);
        return whole.array();
    }
}
