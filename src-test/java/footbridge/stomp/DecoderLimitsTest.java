package footbridge.stomp;

import static footbridge.stomp.Decoding.decoder;
import static footbridge.stomp.Decoding.feed;
import static footbridge.stomp.Decoding.octets;
import static footbridge.stomp.Decoding.violation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client may send at most: L1 to L3 and the limit before CONNECTED.
class DecoderLimitsTest {

    private static final DecoderLimits SMALL = new DecoderLimits(10, 20, 3, 8, 100);

    private final FrameDecoder decoder = decoder(Version.V1_2, SMALL);

    @Test
    void headersAreCountedRepeatedOnesToo_L1() throws ProtocolViolation {
        feed(decoder, "SEND\na:1\na:2\na:3\n\n^@");

        assertThat(violation(decoder, "SEND\na:1\na:2\na:3\na:4\n").code())
                .isEqualTo("too-many-headers");
    }

    @Test
    void headerLineIsLimited_L2() throws ProtocolViolation {
        feed(decoder, "SEND\na:" + "x".repeat(18) + "\n\n^@");

        ProtocolViolation violation = violation(decoder, "SEND\nreceipt:r\na:" + "x".repeat(19));

        assertThat(violation.code()).isEqualTo("header-too-long");
        assertThat(violation.receipt()).contains("r");
    }

    @Test
    void commandIsLimited_L2() {
        assertThat(violation(decoder, "X".repeat(11)).code()).isEqualTo("command-too-long");
    }

    @Test
    void commandOfJustTheLimitIsRead_L2() throws ProtocolViolation {
        assertThat(feed(decoder, "DISCONNECT\n\n^@")).hasSize(1);
    }

    @Test
    void aLineCutIntoPiecesIsLimitedToo_L2() throws ProtocolViolation {
        feed(decoder, "SEND\na:");
        for (int i = 0; i < 18; i++) {
            feed(decoder, "x");
        }

        assertThat(violation(decoder, "x").code()).isEqualTo("header-too-long");
    }

    @Test
    void contentLengthOverTheLimitIsRefusedBeforeTheBody_L3() {
        ProtocolViolation violation = violation(decoder, "SEND\nreceipt:r\ncontent-length:9\n");

        assertThat(violation.code()).isEqualTo("body-too-large");
        assertThat(violation.receipt()).contains("r");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SEND", "SUBSCRIBE"})
    void bodyWithoutContentLengthIsLimited_L3_ambiguity20(String command) throws ProtocolViolation {
        feed(decoder, command + "\n\n12345678^@");
        feed(decoder, command + "\n\n12345678");

        assertThat(violation(decoder, "9").code()).isEqualTo("body-too-large");
    }

    @Test
    void bodyOfJustTheLimitIsRead_L3() throws ProtocolViolation {
        assertThat(feed(decoder, "SEND\ncontent-length:8\n\n12345678^@")).hasSize(1);
    }

    @Test
    void octetsBeforeConnectedAreLimitedOfWhateverKind() throws ProtocolViolation {
        FrameDecoder fresh = new FrameDecoder(SMALL);
        feed(fresh, "\n".repeat(100));

        assertThat(violation(fresh, "\n").code()).isEqualTo("too-much-before-connected");
    }

    @Test
    void framesWithinTheLimitBeforeConnectedAreDelivered() {
        FrameDecoder fresh = new FrameDecoder(SMALL);
        List<Frame> frames = new ArrayList<>();
        byte[] octets = octets("CONNECT\n\n^@" + "SEND\n\n^@".repeat(20));

        ProtocolViolation violation =
                catchThrowableOfType(
                        ProtocolViolation.class,
                        () -> fresh.decode(octets, 0, octets.length, frames::add));

        assertThat(violation.code()).isEqualTo("too-much-before-connected");
        assertThat(frames).hasSize(13);
    }

    @Test
    void connectedEndsTheLimitEvenWithinAChunk() throws ProtocolViolation {
        FrameDecoder fresh = new FrameDecoder(SMALL);
        List<Frame> frames = new ArrayList<>();
        byte[] octets = octets("CONNECT\n\n^@" + "SEND\n\n^@".repeat(20));

        fresh.decode(
                octets,
                0,
                octets.length,
                frame -> {
                    frames.add(frame);
                    fresh.connected();
                });

        assertThat(frames).hasSize(21);
    }

    @Test
    void aFalseContentLengthCostsLittleMemory_L3() throws ProtocolViolation {
        FrameDecoder generous = decoder(Version.V1_2);
        feed(generous, "SEND\ncontent-length:16777216\n\n");
        feed(generous, "x");

        assertThat(generous.held()).isLessThan(70_000);
    }

    @Test
    void aDeadDecoderHoldsLittleMemory() throws ProtocolViolation {
        FrameDecoder generous = decoder(Version.V1_2);
        feed(generous, "SEND\n\n" + "x".repeat(1_000_000));
        assertThat(generous.held()).isGreaterThanOrEqualTo(1_000_000);

        violation(generous, "x".repeat(17_000_000));

        assertThat(generous.held()).isLessThan(5_000);
    }

    @Test
    void messagesOfViolationsTellTheLimitAndNothingOfTheFrame() {
        assertThat(violation(decoder, "SEND\nsecret:" + "x".repeat(19)))
                .hasMessageContaining("20")
                .hasMessageNotContaining("secret");
    }

    @Test
    void limitsTooLargeToReachDoNotOverflow() throws ProtocolViolation {
        int most = Integer.MAX_VALUE;
        FrameDecoder open = decoder(Version.V1_2, new DecoderLimits(most, most, most, most, most));

        feed(open, "SEND\na");
        feed(open, ":b\n\nx");

        assertThat(feed(open, "y^@")).extracting(Decoding::body).containsExactly("xy");
    }
}
