package footbridge.jms.message;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/// A large body on its way to the broker, read once and never copied as a whole. Confined to one
/// thread.
final class BodyStream extends InputStream {

    private final ByteBuffer body;

    BodyStream(ByteBuffer body) {
        this.body = body;
    }

    @Override
    public int read() {
        return body.hasRemaining() ? body.get() & 0xFF : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length > 0 && !body.hasRemaining()) {
            return -1;
        }
        int count = Math.min(length, body.remaining());
        body.get(into, offset, count);
        return count;
    }
}
