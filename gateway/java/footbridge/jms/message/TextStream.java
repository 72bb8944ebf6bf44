package footbridge.jms.message;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// A large text on its way to the broker as the body of a TextMessage: a 1 for "not null", the
/// length in octets, and UTF-16 with the lower octet first. Made piece by piece from UTF-8.
/// Confined to one thread.
final class TextStream extends InputStream {

    private static final int PIECE = 4096;

    private final ByteBuffer head;
    private final ByteBuffer utf8;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer piece = CharBuffer.allocate(PIECE).flip();
    private int upperOctet = -1;

    /// @param utf8 valid UTF-8
    TextStream(ByteBuffer utf8) {
        this.utf8 = utf8;
        head = ByteBuffer.allocate(1 + Integer.BYTES);
        head.put((byte) 1).putInt(Math.multiplyExact(characters(utf8), Character.BYTES)).flip();
    }

    @Override
    public int read() {
        if (head.hasRemaining()) {
            return head.get() & 0xFF;
        }
        if (upperOctet >= 0) {
            int octet = upperOctet;
            upperOctet = -1;
            return octet;
        }
        if (!piece.hasRemaining() && !refill()) {
            return -1;
        }
        char next = piece.get();
        upperOctet = next >> Byte.SIZE;
        return next & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        int count = 0;
        int octet = 0;
        while (count < length && (octet = read()) >= 0) {
            into[offset + count++] = (byte) octet;
        }
        return count == 0 && octet < 0 ? -1 : count;
    }

    private boolean refill() {
        piece.clear();
        decoder.decode(utf8, piece, true);
        piece.flip();
        return piece.hasRemaining();
    }

    /// Each sequence of octets is one `char`, those of four octets are two.
    private static int characters(ByteBuffer utf8) {
        int count = 0;
        for (int at = utf8.position(); at < utf8.limit(); at++) {
            byte octet = utf8.get(at);
            if ((octet & 0xC0) != 0x80) {
                count += (octet & 0xF8) == 0xF0 ? 2 : 1;
            }
        }
        return count;
    }
}
