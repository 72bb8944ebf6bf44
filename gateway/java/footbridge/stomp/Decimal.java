package footbridge.stomp;

import java.nio.ByteBuffer;

/// Numbers in decimal digits, without a `String` of them.
final class Decimal {

    private static final int LONGEST = Long.toString(Long.MAX_VALUE).length();

    private Decimal() {}

    /// How many digits there are.
    ///
    /// @param number not negative
    static int length(long number) {
        int digits = 1;
        for (long beyond = 10; digits < LONGEST && number >= beyond; beyond *= 10) {
            digits++;
        }
        return digits;
    }

    /// Writes the digits.
    ///
    /// @param number not negative
    static void write(long number, ByteBuffer target) {
        int from = target.position();
        int at = from + length(number);
        target.position(at);
        for (long rest = number; at > from; rest /= 10) {
            target.put(--at, (byte) ('0' + rest % 10));
        }
    }
}
