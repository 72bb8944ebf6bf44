package footbridge.conversations;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// What a broken or hostile client writes, the same for the same seed: a conversation that was fine
/// until something was done to it.
///
/// @param vice what was done
/// @param writes in order
record Attack(Vice vice, List<byte[]> writes) {

    private static final List<String> FRAMES =
            List.of(
                    "SUBSCRIBE\nid:%d\ndestination:/topic/hostile-%d\nack:auto\n\n\0",
                    "SUBSCRIBE\nid:%d\ndestination:/queue/hostile-%d\nack:client\nreceipt:s\n\n\0",
                    "SUBSCRIBE\nid:%d\ndestination:/queue/hostile-%d\nack:client-individual\n\n\0",
                    "UNSUBSCRIBE\nid:%d\nreceipt:%d\n\n\0",
                    "SEND\nx:%d\ndestination:/topic/hostile-%d\n\nhello\0",
                    "SEND\nx:%d\ndestination:/queue/hostile-%d\nreceipt:r\ncontent-length:5\n\nh\0llo\0",
                    "SEND\ntransaction:%d\ndestination:/topic/hostile-%d\n\nwithin\0",
                    "BEGIN\ntransaction:%d\nreceipt:b%d\n\n\0",
                    "COMMIT\ntransaction:%d\nreceipt:c%d\n\n\0",
                    "ABORT\ntransaction:%d\nreceipt:a%d\n\n\0",
                    "ACK\nid:%d\nmessage-id:%d\nsubscription:1\n\n\0",
                    "NACK\nid:%d\nmessage-id:%d\nsubscription:1\n\n\0",
                    "\n\r\n%d%d",
                    "DISCONNECT\nreceipt:%d-%d\n\n\0");

    private static final int LONG_LINE = 20_000;
    private static final int LONG_BODY = 300_000;
    private static final int MANY_HEADERS = 1_500;

    /// What is wrong with a client.
    enum Vice {
        NONE,
        MUTATED,
        TRUNCATED,
        INTERLEAVED,
        OVERSIZED,
        DRIBBLING,
        NOISE
    }

    static Attack of(SplittableRandom random) {
        Vice vice = Vice.values()[random.nextInt(Vice.values().length)];
        byte[] octets = conversation(random);
        return new Attack(
                vice,
                switch (vice) {
                    case NONE -> cut(octets, 1 + random.nextInt(4), random);
                    case MUTATED -> cut(mutated(octets, random), 1 + random.nextInt(4), random);
                    case TRUNCATED -> List.of(Arrays.copyOf(octets, random.nextInt(octets.length)));
                    case INTERLEAVED -> interleaved(octets, conversation(random), random);
                    case OVERSIZED -> List.of(octets, oversized(random));
                    case DRIBBLING -> cut(octets, octets.length, random);
                    case NOISE -> cut(noise(random), 1 + random.nextInt(4), random);
                });
    }

    private static byte[] conversation(SplittableRandom random) {
        var text = new StringBuilder();
        if (random.nextInt(8) > 0) {
            text.append("CONNECT\naccept-version:1.")
                    .append(random.nextInt(3))
                    .append("\nhost:h\nheart-beat:0,")
                    .append(random.nextInt(2) * 1000)
                    .append("\n\n\0");
        }
        for (int i = random.nextInt(12); i >= 0; i--) {
            text.append(
                    FRAMES.get(random.nextInt(FRAMES.size()))
                            .formatted(random.nextInt(3), random.nextInt(3)));
        }
        return text.toString().getBytes(UTF_8);
    }

    private static byte[] mutated(byte[] octets, SplittableRandom random) {
        byte[] mutated = octets.clone();
        for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(mutated.length);
            mutated[at] =
                    random.nextBoolean()
                            ? (byte) random.nextInt(256)
                            : (byte) "\0\n\r:\\".charAt(random.nextInt(5));
        }
        return mutated;
    }

    private static List<byte[]> interleaved(byte[] one, byte[] two, SplittableRandom random) {
        List<byte[]> first = cut(one, 6, random);
        List<byte[]> second = cut(two, 6, random);
        List<byte[]> both = new ArrayList<>();
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            first.stream().skip(i).findFirst().ifPresent(both::add);
            second.stream().skip(i).findFirst().ifPresent(both::add);
        }
        return both;
    }

    private static byte[] oversized(SplittableRandom random) {
        String frame =
                switch (random.nextInt(6)) {
                    case 0 -> "S".repeat(LONG_LINE);
                    case 1 -> "SEND\nx:" + "y".repeat(LONG_LINE);
                    case 2 -> "SEND\n" + "x:y\n".repeat(MANY_HEADERS) + "\n\0";
                    case 3 -> "SEND\ndestination:/topic/hostile-0\n\n" + "z".repeat(LONG_BODY);
                    case 4 -> "SEND\ncontent-length:2147483647\n\nz";
                    default -> "SEND\ncontent-length:99999999999999999999\n\nz";
                };
        return frame.getBytes(UTF_8);
    }

    private static byte[] noise(SplittableRandom random) {
        byte[] noise = new byte[1 + random.nextInt(2_000)];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) random.nextInt(256);
        }
        return noise;
    }

    /// @param pieces how many, at most
    private static List<byte[]> cut(byte[] octets, int pieces, SplittableRandom random) {
        List<byte[]> cut = new ArrayList<>();
        int longest = Math.max(1, 2 * octets.length / pieces);
        for (int from = 0; from < octets.length; ) {
            int to =
                    Math.min(
                            octets.length, from + (longest == 1 ? 1 : 1 + random.nextInt(longest)));
            cut.add(Arrays.copyOfRange(octets, from, to));
            from = to;
        }
        return cut;
    }

    /// Everything, for the report of a failure.
    String shown() {
        var all = new ByteArrayOutputStream();
        writes.forEach(all::writeBytes);
        String text = all.toString(UTF_8).replace("\0", "^@");
        return vice + " " + text.substring(0, Math.min(2_000, text.length()));
    }
}
