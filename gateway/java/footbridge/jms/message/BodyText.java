package footbridge.jms.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.utils.DataConstants;

/// The body of a TextMessage: an octet that says whether there is a text, its length in octets, and
/// UTF-16 with the low octet first. Turned from and into UTF-8, as STOMP has it, in place: what is
/// ASCII, as most is, four characters at a time, since a decoder would make a text of it in
/// between.
final class BodyText {

    private static final int HIGH_BITS = 0x80808080;

    /// What is zero in four characters of ASCII.
    private static final long NOT_ASCII = 0xff80ff80ff80ff80L;

    private BodyText() {}

    /// How much room [#write] needs at most, in octets.
    static int room(ByteBuffer utf8) {
        return DataConstants.SIZE_NULL
                + Integer.BYTES
                + Math.multiplyExact(Character.BYTES, utf8.remaining());
    }

    /// @param utf8 left as it is
    /// @param body has [#room] from its end on
    static void write(ByteBuffer utf8, ActiveMQBuffer body) {
        body.writeByte(DataConstants.NOT_NULL);
        int at = body.writerIndex() + Integer.BYTES;
        ByteBuffer utf16 =
                body.toByteBuffer(at, Character.BYTES * utf8.remaining())
                        .order(ByteOrder.LITTLE_ENDIAN);
        int length = ascii(utf8, utf16) ? utf16.position() : decoded(utf8, utf16.clear());
        body.writeInt(length);
        body.writerIndex(at + length);
    }

    /// Whether that was all ASCII; as far as it is, it has been written.
    private static boolean ascii(ByteBuffer utf8, ByteBuffer utf16) {
        int i = utf8.position();
        for (; utf8.limit() - i >= Integer.BYTES; i += Integer.BYTES) {
            int four = utf8.getInt(i);
            if ((four & HIGH_BITS) != 0) {
                return false;
            }
            utf16.putLong(
                    (four >>> 24)
                            | (four & 0xff0000)
                            | ((four & 0xff00L) << 24)
                            | ((four & 0xffL) << 48));
        }
        for (; i < utf8.limit(); i++) {
            byte octet = utf8.get(i);
            if (octet < 0) {
                return false;
            }
            utf16.putShort(octet);
        }
        return true;
    }

    private static int decoded(ByteBuffer utf8, ByteBuffer utf16) {
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE);
        CharBuffer text = utf16.asCharBuffer();
        decoder.decode(utf8.duplicate(), text, true);
        decoder.flush(text);
        return Character.BYTES * text.position();
    }

    /// The text, from the beginning of `body`; nothing if there is none.
    static ByteBuffer read(ActiveMQBuffer body) {
        body.resetReaderIndex();
        if (body.readByte() == DataConstants.NULL) {
            return ByteBuffer.allocate(0);
        }
        int length = body.readInt();
        ByteBuffer utf16 =
                body.toByteBuffer(body.readerIndex(), length).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer utf8 = ByteBuffer.allocate(length / Character.BYTES);
        return fromAscii(utf16, utf8)
                ? utf8.flip()
                : StandardCharsets.UTF_8.encode(utf16.asCharBuffer());
    }

    private static boolean fromAscii(ByteBuffer utf16, ByteBuffer utf8) {
        int i = 0;
        for (; utf8.remaining() >= Integer.BYTES; i += Long.BYTES) {
            long four = utf16.getLong(i);
            if ((four & NOT_ASCII) != 0) {
                return false;
            }
            utf8.putInt(
                    (int)
                            ((four << 24)
                                    | (four & 0xff0000)
                                    | ((four >>> 24) & 0xff00)
                                    | (four >>> 48)));
        }
        for (; utf8.hasRemaining(); i += Character.BYTES) {
            short character = utf16.getShort(i);
            if (character < 0 || character > 0x7f) {
                return false;
            }
            utf8.put((byte) character);
        }
        return true;
    }
}
