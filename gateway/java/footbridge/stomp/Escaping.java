package footbridge.stomp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// How a head spells the octets that have a meaning of their own: `\c` for a colon and so on.
enum Escaping {
    /// 1.0, and CONNECT, STOMP and CONNECTED of all versions: a backslash is just that (E4, E7).
    LITERAL,
    /// 1.1: colon, LF and backslash (E3).
    V1_1,
    /// 1.2: those and CR (E2).
    V1_2;

    /// Nothing special in the text.
    static final int PLAIN = 0;

    /// There may be a backslash in the text.
    static final int BACKSLASH = 1;

    /// There may be octets above 127 in the text.
    static final int HIGH = 2;

    static Escaping of(Version version) {
        return switch (version) {
            case V1_0 -> LITERAL;
            case V1_1 -> V1_1;
            case V1_2 -> V1_2;
        };
    }

    static Escaping of(Version version, Command command) {
        return command.literal() ? LITERAL : of(version);
    }

    /// Whether a character is one octet and never needs an escape.
    static boolean isPlain(char c) {
        return c <= 0x7f && c >= ' ' && c != ':' && c != '\\';
    }

    /// The letter that stands for `plain` behind a backslash; 0 if there is none.
    byte letterFor(char plain) {
        if (this == LITERAL) {
            return 0;
        }
        return switch (plain) {
            case '\\' -> (byte) '\\';
            case '\n' -> (byte) 'n';
            case ':' -> (byte) 'c';
            case '\r' -> this == V1_2 ? (byte) 'r' : 0;
            default -> 0;
        };
    }

    /// The text that these octets of a head stand for.
    ///
    /// @param holds [#BACKSLASH] and [#HIGH], as far as the line holds such octets
    /// @throws ProtocolViolation if an escape is undefined (E5) or the octets are not UTF-8 (E1)
    String decode(byte[] octets, int from, int to, int holds) throws ProtocolViolation {
        if ((holds & BACKSLASH) == 0 || this == LITERAL) {
            return text(octets, from, to, holds);
        }
        byte[] plain = new byte[to - from];
        return text(plain, 0, unescape(octets, from, to, plain), holds);
    }

    private int unescape(byte[] octets, int from, int to, byte[] plain) throws ProtocolViolation {
        int end = 0;
        for (int i = from; i < to; i++) {
            byte octet = octets[i];
            if (octet == '\\') {
                i++;
                octet = i < to ? plainFor(octets[i]) : 0;
                if (octet == 0) {
                    throw new ProtocolViolation(
                            ProtocolViolation.UNDEFINED_ESCAPE,
                            "A backslash in a header must begin an escape that this version knows");
                }
            }
            plain[end++] = octet;
        }
        return end;
    }

    private byte plainFor(byte letter) {
        return switch (letter) {
            case '\\' -> (byte) '\\';
            case 'n' -> (byte) '\n';
            case 'c' -> (byte) ':';
            case 'r' -> this == V1_2 ? (byte) '\r' : 0;
            default -> 0;
        };
    }

    private static String text(byte[] octets, int from, int to, int holds)
            throws ProtocolViolation {
        if ((holds & HIGH) == 0) {
            return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
        }
        if (!Utf8.isValid(ByteBuffer.wrap(octets, from, to - from))) {
            throw new ProtocolViolation(
                    ProtocolViolation.MALFORMED_FRAME, "Headers must be valid UTF-8");
        }
        return new String(octets, from, to - from, StandardCharsets.UTF_8);
    }
}
