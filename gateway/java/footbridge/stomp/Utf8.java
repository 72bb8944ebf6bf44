package footbridge.stomp;

import java.nio.ByteBuffer;

/// Tells whether octets are well-formed UTF-8 (Unicode, table 3-7), without making a `String`.
public final class Utf8 {

    private static final long HIGH_BITS = 0x8080808080808080L;

    /// Looked at word by word, since in many languages not much ASCII comes in a row.
    private static final int NEAR = 64;

    /// Looked at without a decision in between, which the compiler makes vector instructions of.
    private static final int BLOCK = 512;

    private Utf8() {}

    /// Whether what remains in `octets` is well-formed; the buffer's position stays.
    public static boolean isValid(ByteBuffer octets) {
        int i = octets.position();
        int end = octets.limit();
        while (true) {
            i = skipAscii(octets, i, end);
            if (i == end) {
                return true;
            }
            int length = sequence(octets, i, end);
            if (length == 0) {
                return false;
            }
            i += length;
        }
    }

    private static int skipAscii(ByteBuffer octets, int from, int end) {
        int i = skipWords(octets, from, Math.min(end, from + NEAR));
        if (i - from == NEAR) {
            while (end - i >= BLOCK && isAsciiBlock(octets, i)) {
                i += BLOCK;
            }
            i = skipWords(octets, i, end);
        }
        while (i < end && octets.get(i) >= 0) {
            i++;
        }
        return i;
    }

    private static int skipWords(ByteBuffer octets, int from, int end) {
        int i = from;
        while (end - i >= Long.BYTES && (octets.getLong(i) & HIGH_BITS) == 0) {
            i += Long.BYTES;
        }
        return i;
    }

    private static boolean isAsciiBlock(ByteBuffer octets, int from) {
        long seen = 0;
        for (int i = 0; i < BLOCK; i += Long.BYTES) {
            seen |= octets.getLong(from + i);
        }
        return (seen & HIGH_BITS) == 0;
    }

    /// The length of the well-formed sequence that starts at `i`; 0 if there is none.
    private static int sequence(ByteBuffer octets, int i, int end) {
        int lead = octets.get(i) & 0xff;
        int length = length(lead);
        if (length == 0 || end - i < length || !isSecond(lead, octets.get(i + 1) & 0xff)) {
            return 0;
        }
        for (int k = 2; k < length; k++) {
            if ((octets.get(i + k) & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    private static int length(int lead) {
        if (lead < 0xc2 || lead > 0xf4) {
            return 0;
        }
        if (lead < 0xe0) {
            return 2;
        }
        return lead < 0xf0 ? 3 : 4;
    }

    /// Refuses overlong forms, surrogates and what lies beyond U+10FFFF.
    private static boolean isSecond(int lead, int second) {
        int lowest =
                switch (lead) {
                    case 0xe0 -> 0xa0;
                    case 0xf0 -> 0x90;
                    default -> 0x80;
                };
        int highest =
                switch (lead) {
                    case 0xed -> 0x9f;
                    case 0xf4 -> 0x8f;
                    default -> 0xbf;
                };
        return second >= lowest && second <= highest;
    }
}
