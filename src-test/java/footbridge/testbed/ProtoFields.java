package footbridge.testbed;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The fields of one message of protobuf, by number; of the kinds that spans are made of.
///
/// @param numbers the last of each field that is a varint
/// @param octets each of those that have a length
record ProtoFields(Map<Integer, Long> numbers, Map<Integer, List<byte[]>> octets) {

    static ProtoFields of(byte[] message) {
        ProtoFields fields = new ProtoFields(new HashMap<>(), new HashMap<>());
        ByteBuffer rest = ByteBuffer.wrap(message);
        while (rest.hasRemaining()) {
            long tag = varint(rest);
            fields.read((int) (tag >>> 3), (int) (tag & 7), rest);
        }
        return fields;
    }

    private void read(int field, int kind, ByteBuffer rest) {
        switch (kind) {
            case 0 -> numbers.put(field, varint(rest));
            case 1 -> rest.getLong();
            case 2 -> {
                byte[] value = new byte[(int) varint(rest)];
                rest.get(value);
                octets.computeIfAbsent(field, _ -> new ArrayList<>()).add(value);
            }
            case 5 -> rest.getInt();
            default -> throw new IllegalArgumentException("no protobuf: field of kind " + kind);
        }
    }

    private static long varint(ByteBuffer rest) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = rest.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    List<byte[]> all(int field) {
        return octets.getOrDefault(field, List.of());
    }

    /// Nothing where there is none.
    byte[] first(int field) {
        return all(field).stream().findFirst().orElse(new byte[0]);
    }

    /// 0 where there is none.
    long number(int field) {
        return numbers.getOrDefault(field, 0L);
    }
}
