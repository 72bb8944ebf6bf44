package footbridge.jms.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.activemq.artemis.api.core.SimpleString;

/// Text between UTF-8, as STOMP has it, and UTF-16 with the low octet first, as Artemis has it.
/// What is ASCII, as most is, goes over octet by octet; a decoder would make a text of it in
/// between.
final class BodyText {

    private BodyText() {}

    /// @param utf8 left as it is
    static SimpleString fromUtf8(ByteBuffer utf8) {
        int length = utf8.remaining();
        byte[] utf16 = new byte[2 * length];
        int from = utf8.position();
        for (int i = 0; i < length; i++) {
            byte octet = utf8.get(from + i);
            if (octet < 0) {
                return SimpleString.of(decoded(utf8));
            }
            utf16[2 * i] = octet;
        }
        return SimpleString.of(utf16);
    }

    private static String decoded(ByteBuffer utf8) {
        return StandardCharsets.UTF_8.decode(utf8.duplicate()).toString();
    }

    static ByteBuffer toUtf8(SimpleString text) {
        byte[] utf16 = text.getData();
        byte[] utf8 = new byte[utf16.length / 2];
        for (int i = 0; i < utf8.length; i++) {
            if (utf16[2 * i] < 0 || utf16[2 * i + 1] != 0) {
                return StandardCharsets.UTF_8.encode(text.toString());
            }
            utf8[i] = utf16[2 * i];
        }
        return ByteBuffer.wrap(utf8);
    }
}
