package footbridge.stomp;

import java.nio.ByteBuffer;

/// A frame that nobody else gets, in one piece.
final class WholeFrame implements WireFrame {

    static final WholeFrame HEART_BEAT = new WholeFrame(new byte[] {'\n'});

    private final byte[] octets;

    /// @param octets valid UTF-8; the caller never writes to it again
    WholeFrame(byte[] octets) {
        this.octets = octets;
    }

    @Override
    public int size() {
        return octets.length;
    }

    @Override
    public boolean utf8() {
        return true;
    }

    @Override
    public ByteBuffer body() {
        return Frame.NO_BODY;
    }

    @Override
    public void writeHead(ByteBuffer target) {
        target.put(octets);
    }
}
