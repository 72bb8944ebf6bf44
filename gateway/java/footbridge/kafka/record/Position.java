package footbridge.kafka.record;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/// A place in a topic, over all its partitions, as clients keep it: whoever has it has had
/// everything before. It means the same on every node. To clients it is an opaque text; here it is
/// the topic's mark, the number of partitions and the next offset of each, in Base64.
///
/// @param topic tells the topic from another that has its name later
public record Position(long topic, Offsets offsets) {

    private static final int VARINT_BITS = 7;
    private static final int VARINT_MOST = 10;

    public static Position of(Uuid topic, Offsets offsets) {
        return new Position(
                topic.getMostSignificantBits() ^ topic.getLeastSignificantBits(), offsets);
    }

    /// Empty if the text is no position.
    public static Optional<Position> of(String text) {
        try {
            ByteBuffer octets = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            long topic = octets.getLong();
            long count = varint(octets);
            if (count < 0 || count > octets.remaining()) {
                return Optional.empty();
            }
            Offsets offsets = new Offsets(new long[(int) count]);
            for (int partition = 0; partition < count; partition++) {
                offsets.set(partition, varint(octets));
            }
            return octets.hasRemaining()
                    ? Optional.empty()
                    : Optional.of(new Position(topic, offsets));
        } catch (IllegalArgumentException | BufferUnderflowException _) {
            return Optional.empty();
        }
    }

    public String text() {
        ByteBuffer octets =
                ByteBuffer.allocate(Long.BYTES + VARINT_MOST * (1 + offsets.partitions()))
                        .putLong(topic);
        putVarint(octets, offsets.partitions());
        for (int partition = 0; partition < offsets.partitions(); partition++) {
            putVarint(octets, offsets.next(partition));
        }
        ByteBuffer coded = Base64.getUrlEncoder().withoutPadding().encode(octets.flip());
        return new String(
                coded.array(), coded.arrayOffset(), coded.remaining(), StandardCharsets.US_ASCII);
    }

    private static void putVarint(ByteBuffer octets, long value) {
        long rest = value;
        while (rest > 0x7F) {
            octets.put((byte) (rest | 0x80));
            rest >>>= VARINT_BITS;
        }
        octets.put((byte) rest);
    }

    /// @throws IllegalArgumentException if it is longer than any of ours
    private static long varint(ByteBuffer octets) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE - 1; shift += VARINT_BITS) {
            byte octet = octets.get();
            value |= (long) (octet & 0x7F) << shift;
            if (octet >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("too long");
    }
}
