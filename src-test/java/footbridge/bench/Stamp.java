package footbridge.bench;

import io.netty.buffer.ByteBuf;

/// The number of a message and the time when it was sent, as the first digits of its body.
final class Stamp {

    private static final int NUMBER = 10;
    private static final int TIME = 20;

    /// Its length on the wire.
    static final int LENGTH = NUMBER + TIME;

    static final String EMPTY = "0".repeat(LENGTH);

    private Stamp() {}

    /// Writes a stamp over what stands at `at`.
    static void write(ByteBuf octets, int at, long number, long nanos) {
        digits(octets, at, NUMBER, number);
        digits(octets, at + NUMBER, TIME, nanos);
    }

    static long number(ByteBuf octets, int at) {
        return digits(octets, at, NUMBER);
    }

    static long nanos(ByteBuf octets, int at) {
        return digits(octets, at + NUMBER, TIME);
    }

    private static void digits(ByteBuf octets, int at, int count, long value) {
        long rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            octets.setByte(i, (int) ('0' + rest % 10));
            rest /= 10;
        }
    }

    private static long digits(ByteBuf octets, int at, int count) {
        long value = 0;
        for (int i = at; i < at + count; i++) {
            value = value * 10 + octets.getByte(i) - '0';
        }
        return value;
    }
}
