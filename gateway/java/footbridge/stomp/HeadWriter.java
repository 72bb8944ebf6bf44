package footbridge.stomp;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/// Writes heads, escaped as the connection's version has it (E6).
///
/// What the version has no escape for becomes a space (E12, ambiguity 4): LF and CR in 1.0 and in
/// CONNECTED, a colon in a name there, CR in 1.1, and NUL always. So no value that comes from a
/// broker can break a frame or forge a header.
final class HeadWriter {

    private static final int WIDEST = 3;

    /// What a header has beside its name and value: the colon and the end of the line.
    static final int PER_HEADER = 2;

    private final Escaping escaping;
    private byte[] octets;
    private int length;

    /// @param expected octets; a head of just that length is not copied once more
    HeadWriter(Escaping escaping, int expected) {
        this.escaping = escaping;
        octets = new byte[expected];
    }

    /// @param version that of the connection
    /// @param expected octets behind the command's line
    static HeadWriter of(Command command, Version version, int expected) {
        String name = command.name();
        HeadWriter writer =
                new HeadWriter(Escaping.of(version, command), name.length() + 1 + expected);
        return writer.text(name, false).octet('\n');
    }

    /// What a header takes if nothing in it needs more than one octet.
    static int length(String name, String value) {
        return name.length() + value.length() + PER_HEADER;
    }

    /// Writes a header; one without a name cannot be, and is left out (F7).
    HeadWriter header(String name, String value) {
        return name.isEmpty() ? this : headerStart(name, value).octet('\n');
    }

    /// Writes the headers that are not in `without`.
    HeadWriter headers(Map<String, String> headers, Set<String> without) {
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (!without.contains(header.getKey())) {
                header(header.getKey(), header.getValue());
            }
        }
        return this;
    }

    /// What [#headers] takes if nothing needs more than one octet; an estimate.
    static int length(Map<String, String> headers, Set<String> without) {
        int length = 0;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (!without.contains(header.getKey())) {
                length += length(header.getKey(), header.getValue());
            }
        }
        return length;
    }

    /// Writes a header whose value is not complete yet, and so without its end.
    HeadWriter headerStart(String name, String value) {
        return text(name, true).octet(':').text(value, false);
    }

    /// Writes one octet as it is.
    HeadWriter octet(int octet) {
        reserve(1);
        put(octet);
        return this;
    }

    /// Writes octets as they are.
    HeadWriter octets(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, octets, length, more.length);
        length += more.length;
        return this;
    }

    /// What has been written; the end of the writer.
    byte[] toBytes() {
        return length == octets.length ? octets : Arrays.copyOf(octets, length);
    }

    private HeadWriter text(String text, boolean name) {
        int end = text.length();
        reserve(end);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c <= 0x7f && c >= ' ' && c != ':' && c != '\\') {
                put(c);
            } else {
                return special(text, i, name);
            }
        }
        return this;
    }

    /// Writes the rest of a text in which characters take more than an octet.
    private HeadWriter special(String text, int from, boolean name) {
        reserve(Math.multiplyExact(WIDEST, text.length() - from));
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0x7f) {
                i += wide(text, i);
            } else {
                ascii(c, name);
            }
        }
        return this;
    }

    private void ascii(char c, boolean name) {
        byte letter = escaping.letterFor(c);
        if (letter != 0) {
            put('\\');
            put(letter);
        } else {
            boolean unspeakable = c == '\0' || c == '\n' || c == '\r' || (c == ':' && name);
            put(unspeakable ? ' ' : c);
        }
    }

    /// Writes the character at `i` in UTF-8 and answers how many more `char`s it took.
    private int wide(String text, int i) {
        int point = text.codePointAt(i);
        if (point < 0x800) {
            put(0xc0 | (point >> 6));
        } else if (Character.isBmpCodePoint(point)) {
            if (Character.isSurrogate((char) point)) {
                put('?');
                return 0;
            }
            put(0xe0 | (point >> 12));
            put(0x80 | ((point >> 6) & 0x3f));
        } else {
            put(0xf0 | (point >> 18));
            put(0x80 | ((point >> 12) & 0x3f));
            put(0x80 | ((point >> 6) & 0x3f));
        }
        put(0x80 | (point & 0x3f));
        return Character.charCount(point) - 1;
    }

    private void put(int octet) {
        octets[length++] = (byte) octet;
    }

    private void reserve(int more) {
        if (octets.length - length < more) {
            int needed = Math.addExact(length, more);
            octets = Arrays.copyOf(octets, Math.max(needed, octets.length * 2));
        }
    }
}
