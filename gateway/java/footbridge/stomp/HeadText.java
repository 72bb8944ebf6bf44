package footbridge.stomp;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Predicate;

/// The text of heads on the wire: UTF-8, escaped as the connection's version has it (E6). Measured
/// first and then written, so that there is room for just that.
///
/// What the version has no escape for becomes a space (E12, ambiguity 4): LF and CR in 1.0 and in
/// CONNECTED, a colon in a name there, CR in 1.1, and NUL always. So no value that comes from a
/// broker can break a frame or forge a header.
final class HeadText {

    /// What a header has beside its name and value: the colon and the end of the line.
    private static final int PER_HEADER = 2;

    private HeadText() {}

    /// How many octets [#writeHeader] writes.
    static int headerLength(Escaping escaping, String name, String value) {
        return name.isEmpty() ? 0 : length(escaping, name) + length(escaping, value) + PER_HEADER;
    }

    /// Writes a header; one without a name cannot be, and is left out (F7).
    static void writeHeader(Escaping escaping, String name, String value, ByteBuffer target) {
        if (!name.isEmpty()) {
            write(escaping, name, true, target);
            target.put((byte) ':');
            write(escaping, value, false, target);
            target.put((byte) '\n');
        }
    }

    /// How many octets [#writeHeaders] writes.
    static int headersLength(
            Escaping escaping, Map<String, String> headers, Predicate<String> without) {
        int length = 0;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (!without.test(header.getKey())) {
                length += headerLength(escaping, header.getKey(), header.getValue());
            }
        }
        return length;
    }

    /// Writes the headers whose names are not `without`.
    static void writeHeaders(
            Escaping escaping,
            Map<String, String> headers,
            Predicate<String> without,
            ByteBuffer target) {
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (!without.test(header.getKey())) {
                writeHeader(escaping, header.getKey(), header.getValue(), target);
            }
        }
    }

    /// How many octets [#writeHeader] writes.
    ///
    /// @param name plain ASCII
    /// @param value not negative
    static int headerLength(String name, long value) {
        return name.length() + Decimal.length(value) + PER_HEADER;
    }

    /// Writes a header whose value is a number.
    static void writeHeader(String name, long value, ByteBuffer target) {
        write(Escaping.LITERAL, name, true, target);
        target.put((byte) ':');
        Decimal.write(value, target);
        target.put((byte) '\n');
    }

    /// How many octets [#write] writes.
    static int length(Escaping escaping, String text) {
        int end = text.length();
        for (int i = 0; i < end; i++) {
            if (!Escaping.isPlain(text.charAt(i))) {
                return i + specialLength(escaping, text, i);
            }
        }
        return end;
    }

    /// @param name whether it is the name of a header, rather than a value
    static void write(Escaping escaping, String text, boolean name, ByteBuffer target) {
        int end = text.length();
        int at = target.position();
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (!Escaping.isPlain(c)) {
                writeSpecial(escaping, text, i, name, target.position(at + i));
                return;
            }
            target.put(at + i, (byte) c);
        }
        target.position(at + end);
    }

    /// The rest of a text in which characters take more than an octet.
    private static int specialLength(Escaping escaping, String text, int from) {
        int length = 0;
        for (int i = from; i < text.length(); i++) {
            int point = text.codePointAt(i);
            if (point <= 0x7f) {
                length += escaping.letterFor((char) point) == 0 ? 1 : 2;
            } else if (point < 0x800) {
                length += 2;
            } else if (Character.isBmpCodePoint(point)) {
                length += Character.isSurrogate((char) point) ? 1 : 3;
            } else {
                length += 4;
                i++;
            }
        }
        return length;
    }

    private static void writeSpecial(
            Escaping escaping, String text, int from, boolean name, ByteBuffer target) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0x7f) {
                i += writeWide(text, i, target);
            } else {
                writeAscii(escaping, c, name, target);
            }
        }
    }

    private static void writeAscii(Escaping escaping, char c, boolean name, ByteBuffer target) {
        byte letter = escaping.letterFor(c);
        if (letter != 0) {
            target.put((byte) '\\').put(letter);
        } else {
            boolean unspeakable = c == '\0' || c == '\n' || c == '\r' || (c == ':' && name);
            target.put((byte) (unspeakable ? ' ' : c));
        }
    }

    /// Writes the character at `i` in UTF-8 and answers how many more `char`s it took.
    private static int writeWide(String text, int i, ByteBuffer target) {
        int point = text.codePointAt(i);
        if (point < 0x800) {
            target.put((byte) (0xc0 | (point >> 6)));
        } else if (Character.isBmpCodePoint(point)) {
            if (Character.isSurrogate((char) point)) {
                target.put((byte) '?');
                return 0;
            }
            target.put((byte) (0xe0 | (point >> 12)));
            target.put((byte) (0x80 | ((point >> 6) & 0x3f)));
        } else {
            target.put((byte) (0xf0 | (point >> 18)));
            target.put((byte) (0x80 | ((point >> 12) & 0x3f)));
            target.put((byte) (0x80 | ((point >> 6) & 0x3f)));
        }
        target.put((byte) (0x80 | (point & 0x3f)));
        return Character.charCount(point) - 1;
    }
}
