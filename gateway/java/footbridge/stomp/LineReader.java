package footbridge.stomp;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// Finds the lines of a head in chunks that may end anywhere, each octet looked at once.
///
/// A line that lies within one chunk is not copied; of others the pieces are put together here.
final class LineReader {

    private static final byte[] NOTHING = {};

    /// A buffer that a longer line has blown up is not kept for the next.
    private static final int FIRST_PIECE = 256;

    private static final byte LF = 4;
    private static final byte NUL = 8;
    private static final byte COLON = 16;
    private static final byte[] KINDS = kinds();

    private byte[] octets = NOTHING;
    private int from;
    private int to;
    private int colon;
    private int holds;

    private byte[] pieces = NOTHING;
    private int length;

    /// Reads on; true if a line is complete, and then the accessors tell about it until the next
    /// call. At most one octet more than `limit` is taken from the chunk.
    ///
    /// @throws ProtocolViolation if there is a NUL in the line (ambiguity 21)
    boolean read(ByteBuffer chunk, int limit) throws ProtocolViolation {
        if (length == 0) {
            colon = -1;
            holds = Escaping.PLAIN;
        }
        byte[] array = chunk.array();
        int offset = chunk.arrayOffset();
        int start = offset + chunk.position();
        int stop = start + (int) Math.min(chunk.remaining(), limit - length + 1L);
        int end = scan(array, start, stop);
        chunk.position(Math.min(end + 1, stop) - offset);
        if (end == stop) {
            append(array, start, end);
            return false;
        }
        complete(array, start, end);
        return true;
    }

    /// Whether the unfinished line is longer than `limit`.
    boolean exceeds(int limit) {
        return length > limit;
    }

    byte[] octets() {
        return octets;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /// Where the first colon stands in [#octets()]; less than [#from()] if there is none.
    int colon() {
        return from + colon;
    }

    /// [Escaping#BACKSLASH] and [Escaping#HIGH], as far as the line holds such octets.
    int holds() {
        return holds;
    }

    int size() {
        return to - from;
    }

    /// Drops one CR from the line's end, if there is one (F3).
    void dropCr() {
        if (to > from && octets[to - 1] == '\r') {
            to--;
        }
    }

    /// Octets of memory that the unfinished line occupies.
    int held() {
        return pieces.length;
    }

    /// Lets go of the chunk that the last line was found in.
    void release() {
        octets = NOTHING;
        if (pieces.length > FIRST_PIECE && length == 0) {
            pieces = NOTHING;
        }
    }

    private int scan(byte[] chunk, int start, int stop) throws ProtocolViolation {
        for (int i = start; i < stop; i++) {
            int kind = KINDS[chunk[i] & 0xff];
            if (kind == Escaping.PLAIN) {
                continue;
            }
            if (kind == LF) {
                return i;
            }
            if (kind == NUL) {
                throw new ProtocolViolation(
                        ProtocolViolation.MALFORMED_FRAME,
                        "A NUL may stand only at the end of a frame, behind the empty line");
            }
            note(kind, i - start + length);
        }
        return stop;
    }

    private void note(int kind, int position) {
        if (kind != COLON) {
            holds |= kind;
        } else if (colon < 0) {
            colon = position;
        }
    }

    private void complete(byte[] chunk, int start, int end) {
        if (length == 0) {
            octets = chunk;
            from = start;
            to = end;
        } else {
            append(chunk, start, end);
            octets = pieces;
            from = 0;
            to = length;
            length = 0;
        }
    }

    private void append(byte[] chunk, int start, int end) {
        int piece = end - start;
        if (length + piece > pieces.length) {
            int capacity = Math.max(Math.max(FIRST_PIECE, 2 * pieces.length), length + piece);
            pieces = Arrays.copyOf(pieces, capacity);
        }
        System.arraycopy(chunk, start, pieces, length, piece);
        length += piece;
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[256];
        Arrays.fill(kinds, 128, 256, (byte) Escaping.HIGH);
        kinds['\\'] = Escaping.BACKSLASH;
        kinds['\n'] = LF;
        kinds[0] = NUL;
        kinds[':'] = COLON;
        return kinds;
    }
}
