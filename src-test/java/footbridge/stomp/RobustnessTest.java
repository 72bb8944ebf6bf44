package footbridge.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever a client sends, the decoder answers with frames or a violation, in bounded memory.
class RobustnessTest {

    private static final int ROUNDS = 2000;
    private static final DecoderLimits LIMITS = new DecoderLimits(16, 64, 8, 256, 2000);

    /// A line buffer, the texts of a head, a body.
    private static final int MOST_HELD = 256 + 8 * 64 + 256;

    private static final String[] PIECES = {
        "SEND",
        "CONNECT",
        "STOMP",
        "ACK",
        "DISCONNECT",
        "CONNECTED",
        "\n",
        "\n",
        "\n",
        "\r\n",
        "\0",
        "\0",
        ":",
        "\\",
        "\\n",
        "\\c",
        "destination:",
        "content-length:",
        "content-length:3\n",
        "-1",
        "receipt:1\n",
        "accept-version:1.1\n",
        "accept-version:1.2\n",
        "x",
        "\u00e9",
        "99999999999"
    };

    @ParameterizedTest
    @EnumSource
    void arbitraryOctetsGiveFramesOrAViolation(Version version) {
        for (long seed = 0; seed < ROUNDS; seed++) {
            RandomFrames random = new RandomFrames(seed, version);
            byte[] octets = new byte[random.random().nextInt(300)];
            for (int i = 0; i < octets.length; i++) {
                octets[i] = (byte) random.random().nextInt(256);
            }

            judge(seed, random, octets);
        }
    }

    @ParameterizedTest
    @EnumSource
    void arbitraryPiecesOfTheGrammarGiveFramesOrAViolation_F17(Version version) {
        for (long seed = 0; seed < ROUNDS; seed++) {
            RandomFrames random = new RandomFrames(seed, version);
            StringBuilder wire = new StringBuilder();
            for (int i = random.random().nextInt(40); i > 0; i--) {
                wire.append(PIECES[random.random().nextInt(PIECES.length)]);
            }

            judge(seed, random, Decoding.octets(wire.toString()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void mutatedFramesGiveFramesOrAViolation_F17(Version version) {
        for (long seed = 0; seed < ROUNDS; seed++) {
            RandomFrames random = new RandomFrames(seed, version);
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            wire.writeBytes(FrameWriter.connect(version).bytes());
            for (int i = random.random().nextInt(4); i >= 0; i--) {
                wire.writeBytes(random.wire(random.clientFrame()));
            }

            judge(seed, random, mutated(wire.toByteArray(), random.random()));
        }
    }

    private static byte[] mutated(byte[] wire, SplittableRandom random) {
        byte[] mutated = wire;
        for (int i = random.nextInt(5); i >= 0 && mutated.length > 0; i--) {
            int at = random.nextInt(mutated.length);
            mutated =
                    switch (random.nextInt(4)) {
                        case 0 -> Arrays.copyOf(mutated, at);
                        case 1 -> without(mutated, at);
                        case 2 -> with(mutated, at, (byte) random.nextInt(256));
                        default -> with(mutated, at, (byte) "\0\n\r:\\".charAt(random.nextInt(5)));
                    };
        }
        return mutated;
    }

    private static byte[] without(byte[] octets, int at) {
        byte[] less = Arrays.copyOf(octets, octets.length - 1);
        System.arraycopy(octets, at + 1, less, at, less.length - at);
        return less;
    }

    private static byte[] with(byte[] octets, int at, byte octet) {
        byte[] changed = octets.clone();
        changed[at] = octet;
        return changed;
    }

    private static void judge(long seed, RandomFrames random, byte[] octets) {
        String whole = outcome(List.of(octets));
        String cut = outcome(random.chunks(octets));

        assertThat(cut).as("seed %d, %s", seed, Arrays.toString(octets)).isEqualTo(whole);
    }

    /// The frames and the violation, as a text; any other exception fails the test.
    private static String outcome(List<byte[]> chunks) {
        FrameDecoder decoder = new FrameDecoder(LIMITS);
        List<Object> outcome = new ArrayList<>();
        try {
            for (byte[] chunk : chunks) {
                decoder.decode(
                        chunk,
                        0,
                        chunk.length,
                        frame -> {
                            outcome.add(frame);
                            outcome.add(Decoding.body(frame));
                        });
                assertThat(decoder.held()).isLessThanOrEqualTo(MOST_HELD);
            }
        } catch (ProtocolViolation violation) {
            outcome.add(violation.code());
            outcome.add(violation.receipt());
        }
        return outcome.toString();
    }
}
