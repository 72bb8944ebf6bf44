package footbridge.transport;

import footbridge.connection.OutgoingFrame;
import io.netty.buffer.ByteBuf;

/// The head of a server's WebSocket message in one piece, uncompressed and not masked (RFC 6455,
/// 5.2). One STOMP frame is one message, TEXT if the whole frame is valid UTF-8 and BINARY if not
/// (STOMP-RULES W7, ambiguity 24).
///
/// Netty's encoder would put each message into a buffer of its own, and copy it twice more.
final class WebSocketFraming implements FrameBuffers.Framing {

    static final WebSocketFraming INSTANCE = new WebSocketFraming();

    private static final int LAST_FRAGMENT = 0x80;
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;

    private static final int SHORT = 125;
    private static final int MEDIUM = 0xffff;
    private static final int MEDIUM_FOLLOWS = 126;
    private static final int LONG_FOLLOWS = 127;

    private WebSocketFraming() {}

    @Override
    public int length(int size) {
        if (size <= SHORT) {
            return 2;
        }
        return size <= MEDIUM ? 2 + Short.BYTES : 2 + Long.BYTES;
    }

    @Override
    public void write(OutgoingFrame frame, ByteBuf target) {
        target.writeByte(LAST_FRAGMENT | (frame.utf8() ? TEXT : BINARY));
        int size = frame.size();
        if (size <= SHORT) {
            target.writeByte(size);
        } else if (size <= MEDIUM) {
            target.writeByte(MEDIUM_FOLLOWS).writeShort(size);
        } else {
            target.writeByte(LONG_FOLLOWS).writeLong(size);
        }
    }
}
