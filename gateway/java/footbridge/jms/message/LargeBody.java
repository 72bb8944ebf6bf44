package footbridge.jms.message;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.core.client.impl.ClientMessageInternal;

/// The body of a message that the broker sends in pieces, gathered without a second copy. Confined
/// to one thread.
final class LargeBody extends OutputStream {

    /// "Not null", and the length, in front of a text.
    private static final int TEXT_HEAD = 1 + Integer.BYTES;

    private static final char REPLACEMENT = '?';

    private final boolean text;
    private final int limit;
    private byte[] octets;
    private int length;
    private long taken;
    private int lowerOctet = -1;
    private char highSurrogate;

    private LargeBody(boolean text, int expected, int limit) {
        this.text = text;
        this.limit = limit;
        octets = new byte[expected];
    }

    /// Whether the broker sends this message in pieces.
    static boolean is(ClientMessage received) {
        return received.isLargeMessage();
    }

    /// How long the body of a large message will be; for a text half of its octets, which is what
    /// ASCII needs.
    static long expected(ClientMessage received) {
        long size =
                received.getObjectProperty(Message.HDR_LARGE_BODY_SIZE) instanceof Long known
                        ? known
                        : received.getBodySize();
        return isText(received) ? Math.max(0, size - TEXT_HEAD) / Character.BYTES : size;
    }

    /// Lets a large body go by unread.
    static void discard(ClientMessage received) {
        ((ClientMessageInternal) received).discardBody();
    }

    private static boolean isText(ClientMessage received) {
        return received.getType() == ClientMessage.TEXT_TYPE;
    }

    /// Blocks until all of it has arrived.
    ///
    /// @param limit of what is gathered; of a longer one the buffer has one octet more than that
    /// @throws ActiveMQException if it did not arrive
    static ByteBuffer of(ClientMessage received, int limit) throws ActiveMQException {
        int expected = Math.toIntExact(Math.min(expected(received), limit));
        var body = new LargeBody(isText(received), expected, limit);
        received.saveToOutputStream(body);
        body.endSurrogate();
        return ByteBuffer.wrap(body.octets, 0, body.length);
    }

    @Override
    public void write(int octet) {
        if (!text) {
            append(octet);
        } else if (taken++ >= TEXT_HEAD) {
            character(octet & 0xFF);
        }
    }

    @Override
    public void write(byte[] from, int offset, int count) {
        if (!text && count <= octets.length - length) {
            System.arraycopy(from, offset, octets, length, count);
            length += count;
            return;
        }
        for (int at = offset; at < offset + count; at++) {
            write(from[at]);
        }
    }

    private void character(int octet) {
        if (lowerOctet < 0) {
            lowerOctet = octet;
            return;
        }
        char next = (char) ((octet << Byte.SIZE) | lowerOctet);
        lowerOctet = -1;
        if (Character.isLowSurrogate(next) && highSurrogate != 0) {
            utf8(Character.toCodePoint(highSurrogate, next));
            highSurrogate = 0;
            return;
        }
        endSurrogate();
        if (Character.isHighSurrogate(next)) {
            highSurrogate = next;
        } else {
            utf8(Character.isLowSurrogate(next) ? REPLACEMENT : next);
        }
    }

    /// Half of a character is none.
    private void endSurrogate() {
        if (highSurrogate != 0) {
            highSurrogate = 0;
            utf8(REPLACEMENT);
        }
    }

    private void utf8(int point) {
        if (point < 0x80) {
            append(point);
        } else if (point < 0x800) {
            append(0xC0 | (point >> 6));
            append(0x80 | (point & 0x3F));
        } else {
            if (point < 0x10000) {
                append(0xE0 | (point >> 12));
            } else {
                append(0xF0 | (point >> 18));
                append(0x80 | ((point >> 12) & 0x3F));
            }
            append(0x80 | ((point >> 6) & 0x3F));
            append(0x80 | (point & 0x3F));
        }
    }

    private void append(int octet) {
        if (length > limit) {
            return;
        }
        if (length == octets.length) {
            long more = Math.max(1024, length + length / 2L);
            octets = Arrays.copyOf(octets, (int) Math.min(more, limit + 1L));
        }
        octets[length++] = (byte) octet;
    }
}
