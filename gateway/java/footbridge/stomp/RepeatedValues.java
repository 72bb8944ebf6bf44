package footbridge.stomp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The last values of the headers that clients repeat in frame after frame, so that an equal one is
/// the same `String` and costs no memory. Which headers these are says [#keeps]: no secrets.
final class RepeatedValues {

    private static final int HEADERS = 3;
    private static final int LONGEST = 128;

    private final byte[] @Nullable [] octets = new byte[HEADERS][];
    private final @Nullable String[] texts = new String[HEADERS];

    /// Whether a header's values are kept: the first few that [HeadReader] knows, if they are
    /// short.
    ///
    /// @param header its index, or less than 0 for one that is not known
    static boolean keeps(int header, int length) {
        return header >= 0 && header < HEADERS && length <= LONGEST;
    }

    /// The value that these octets, plain ASCII, spell.
    String value(int header, byte[] line, int from, int to) {
        byte[] last = octets[header];
        String text = texts[header];
        if (last != null && text != null && Arrays.equals(last, 0, last.length, line, from, to)) {
            return text;
        }
        byte[] kept = Arrays.copyOfRange(line, from, to);
        String value = new String(kept, StandardCharsets.ISO_8859_1);
        octets[header] = kept;
        texts[header] = value;
        return value;
    }

    /// Octets of memory that the values occupy, roughly.
    int held() {
        int held = 0;
        for (byte @Nullable [] each : octets) {
            held += each == null ? 0 : 2 * each.length;
        }
        return held;
    }
}
