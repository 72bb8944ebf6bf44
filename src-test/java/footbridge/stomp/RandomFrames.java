package footbridge.stomp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// Makes frames that a version can represent, the same ones for the same seed.
final class RandomFrames {

    private static final List<Command> CLIENT_COMMANDS =
            List.of(
                    Command.SEND,
                    Command.SUBSCRIBE,
                    Command.UNSUBSCRIBE,
                    Command.ACK,
                    Command.NACK,
                    Command.BEGIN,
                    Command.COMMIT,
                    Command.ABORT,
                    Command.DISCONNECT);
    private static final String[] NAMES = {
        "destination", "receipt", "id", "content-type", "transaction", "x"
    };
    private static final String[] LETTERS = {
        "a",
        "b",
        "c",
        "n",
        "r",
        "/",
        ".",
        "-",
        " ",
        "0",
        "\u00e9",
        "\u20ac",
        "\ud83d\ude00",
        "\t",
        "\u0001",
        "\u007f",
        "\uffff"
    };

    private final SplittableRandom random;
    private final Version version;

    RandomFrames(long seed, Version version) {
        this.random = new SplittableRandom(seed);
        this.version = version;
    }

    SplittableRandom random() {
        return random;
    }

    /// A client frame; its content-length, if it has one, is right and its last header.
    Frame clientFrame() {
        Command command = CLIENT_COMMANDS.get(random.nextInt(CLIENT_COMMANDS.size()));
        boolean counted = random.nextBoolean();
        byte[] body = command == Command.SEND ? body(counted) : new byte[0];
        Map<String, String> headers = headers();
        if (counted) {
            headers.put("content-length", Integer.toString(body.length));
        }
        return new Frame(command, flat(headers), ByteBuffer.wrap(body));
    }

    /// The octets that a client would send for `frame`.
    byte[] wire(Frame frame) {
        FrameWriter writer = FrameWriter.frame(version, frame.command().name());
        for (int i = 0; i < frame.headers().size(); i++) {
            writer.header(frame.headers().name(i), frame.headers().value(i));
        }
        byte[] body = new byte[frame.body().remaining()];
        frame.body().get(body);
        return version == Version.V1_2 && random.nextInt(4) == 0
                ? writer.bodyUntilNul(body).crlf().bytes()
                : writer.bodyUntilNul(body).bytes();
    }

    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        int count = random.nextInt(10) == 0 ? random.nextInt(100) : random.nextInt(6);
        for (int i = 0; i < count; i++) {
            headers.put(name(), value());
        }
        return headers;
    }

    String name() {
        return random.nextBoolean()
                ? NAMES[random.nextInt(NAMES.length)]
                : text(1 + random.nextInt(6), true);
    }

    String value() {
        int length = random.nextInt(20) == 0 ? random.nextInt(600) : random.nextInt(12);
        String value = text(length, false);
        return version == Version.V1_0 ? Headers.trim(value) : value;
    }

    Optional<String> optionalValue() {
        return random.nextBoolean() ? Optional.of(value()) : Optional.empty();
    }

    byte[] body(boolean anyOctet) {
        byte[] body = new byte[random.nextInt(10) == 0 ? random.nextInt(3000) : random.nextInt(40)];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) (anyOctet ? random.nextInt(256) : 1 + random.nextInt(255));
        }
        return body;
    }

    /// `wire` cut into chunks of random lengths, empty ones among them.
    List<byte[]> chunks(byte[] wire) {
        List<byte[]> chunks = new ArrayList<>();
        int longest = 1 + random.nextInt(random.nextBoolean() ? 8 : 400);
        for (int from = 0; from < wire.length; ) {
            int to = Math.min(wire.length, from + random.nextInt(longest + 1));
            chunks.add(Arrays.copyOfRange(wire, from, to));
            from = to;
        }
        return chunks;
    }

    static Headers flat(Map<String, String> headers) {
        return Headers.of(
                headers.entrySet().stream()
                        .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
                        .toArray(String[]::new));
    }

    private String text(int length, boolean name) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(random.nextInt(4) == 0 ? special(name) : letter());
        }
        return text.toString();
    }

    private String letter() {
        return LETTERS[random.nextInt(LETTERS.length)];
    }

    private String special(boolean name) {
        return switch (random.nextInt(4)) {
            case 0 -> "\\";
            case 1 -> version == Version.V1_0 && name ? "_" : ":";
            case 2 -> version == Version.V1_0 ? "_" : "\n";
            default -> version == Version.V1_2 ? "\r" : "_";
        };
    }
}
