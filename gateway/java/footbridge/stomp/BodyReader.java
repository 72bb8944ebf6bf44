package footbridge.stomp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Reads bodies and the NUL behind them. A body that lies within one chunk shares its octets.
final class BodyReader {

    private static final byte[] NOTHING = {};

    /// What the word of a client is worth: so much memory is set aside before its octets arrive.
    private static final int FIRST_PIECE = 64 * 1024;

    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final int limit;

    private int length;
    private boolean kept;
    private boolean whole;
    private int count;
    private byte[] pieces = NOTHING;
    private ByteBuffer body = Frame.NO_BODY;

    /// @param limit largest body, in octets
    BodyReader(int limit) {
        this.limit = limit;
    }

    static ProtocolViolation tooLarge(int limit) {
        return new ProtocolViolation(
                ProtocolViolation.BODY_TOO_LARGE,
                "A body may have %d octets at most".formatted(limit));
    }

    /// Makes ready for the next body.
    ///
    /// @param length in octets, within the limit; negative if the first NUL ends the body
    /// @param kept false if the octets are only counted (ambiguity 20)
    void begin(int length, boolean kept) {
        this.length = length;
        this.kept = kept;
        whole = false;
        count = 0;
        release();
    }

    /// Reads on; true when the NUL behind the body has been read.
    boolean read(ByteBuffer chunk) throws ProtocolViolation {
        if (!whole) {
            whole = length < 0 ? readToNul(chunk) : readCounted(chunk);
        }
        if (!whole || !chunk.hasRemaining()) {
            return false;
        }
        if (chunk.get() != 0) {
            throw new ProtocolViolation(
                    ProtocolViolation.MALFORMED_FRAME,
                    "The body is longer than its content-length says, or has no NUL behind it");
        }
        return true;
    }

    ByteBuffer body() {
        return body;
    }

    /// Octets of memory that the unfinished body occupies.
    int held() {
        return pieces.length;
    }

    void release() {
        pieces = NOTHING;
        body = Frame.NO_BODY;
    }

    private boolean readCounted(ByteBuffer chunk) {
        int piece = Math.min(length - count, chunk.remaining());
        boolean last = count + piece == length;
        take(chunk, piece, last);
        return last;
    }

    private boolean readToNul(ByteBuffer chunk) throws ProtocolViolation {
        int end = indexOfNul(chunk);
        int piece = end - chunk.position();
        if (piece > limit - count) {
            throw tooLarge(limit);
        }
        boolean last = end < chunk.limit();
        take(chunk, piece, last);
        return last;
    }

    private static int indexOfNul(ByteBuffer chunk) {
        int i = chunk.position();
        int end = chunk.limit();
        while (end - i >= Long.BYTES && !hasNul(chunk.getLong(i))) {
            i += Long.BYTES;
        }
        while (i < end && chunk.get(i) != 0) {
            i++;
        }
        return i;
    }

    private static boolean hasNul(long octets) {
        return ((octets - LOW_BITS) & ~octets & HIGH_BITS) != 0;
    }

    private void take(ByteBuffer chunk, int piece, boolean last) {
        if (kept) {
            keep(chunk, piece, last);
        }
        chunk.position(chunk.position() + piece);
        count += piece;
    }

    private void keep(ByteBuffer chunk, int piece, boolean last) {
        if (!last) {
            append(chunk, piece);
        } else if (count > 0) {
            append(chunk, piece);
            body = ByteBuffer.wrap(pieces, 0, count + piece);
        } else if (piece > 0) {
            body = chunk.slice(chunk.position(), piece);
        }
    }

    private void append(ByteBuffer chunk, int piece) {
        int needed = count + piece;
        if (needed > pieces.length) {
            pieces = Arrays.copyOf(pieces, capacity(needed));
        }
        chunk.get(chunk.position(), pieces, count, piece);
    }

    private int capacity(int needed) {
        int most = length < 0 ? limit : length;
        long doubled = Math.max(2L * pieces.length, length < 0 ? 0 : FIRST_PIECE);
        return (int) Math.max(needed, Math.min(doubled, most));
    }
}
