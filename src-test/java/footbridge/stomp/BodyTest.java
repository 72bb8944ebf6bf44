package footbridge.stomp;

import static footbridge.stomp.Decoding.body;
import static footbridge.stomp.Decoding.decoder;
import static footbridge.stomp.Decoding.feed;
import static footbridge.stomp.Decoding.frame;
import static footbridge.stomp.Decoding.frames;
import static footbridge.stomp.Decoding.octets;
import static footbridge.stomp.Decoding.violation;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bodies: F11 to F15 and ambiguities 20, 22 and 23.
class BodyTest {

    @ParameterizedTest
    @EnumSource(names = {"SEND", "MESSAGE", "ERROR"})
    void threeCommandsMayHaveABody_F11(Command command) throws ProtocolViolation {
        assertThat(body(frame(Version.V1_2, command + "\n\nhi^@"))).isEqualTo("hi");
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SEND", "MESSAGE", "ERROR"})
    void bodiesOfOthersAreReadAndIgnored_F11_ambiguity20(Command command) throws ProtocolViolation {
        assertThat(
                        frames(
                                Version.V1_2,
                                command
                                        + "\n\nhi^@"
                                        + command
                                        + "\ncontent-length:3\n\nx^@y^@SEND\n\nz^@"))
                .extracting(Decoding::body)
                .containsExactly("", "", "z");
    }

    @ParameterizedTest
    @EnumSource
    void contentLengthCountsOctetsWhateverTheyAre_F12(Version version) throws ProtocolViolation {
        assertThat(frames(version, "SEND\ncontent-length:5\n\n^@\n\u00e9^@^@SEND\n\n^@"))
                .extracting(Decoding::body)
                .containsExactly("\0\n\u00e9\0", "");
    }

    @ParameterizedTest
    @EnumSource
    void withoutContentLengthTheFirstNulEndsTheBody_F13(Version version) throws ProtocolViolation {
        assertThat(frames(version, "SEND\n\n \r\na long body\n ^@SEND\n\n^@"))
                .extracting(Decoding::body)
                .containsExactly(" \r\na long body\n ", "");
    }

    @Test
    void contentLengthMayBeZero_F12() throws ProtocolViolation {
        assertThat(body(frame(Version.V1_2, "SEND\ncontent-length:0\n\n^@"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"abc", "-1", "+1", "", " 1", "1 ", "0x1", "1.0", "\u0661", "9999999999x"})
    void contentLengthIsInDecimalDigits_ambiguity22(String value) {
        assertThat(violation(Version.V1_2, "SEND\ncontent-length:" + value + "\n").code())
                .isEqualTo("invalid-header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2147483648", "4294967296", "18446744073709551617"})
    void contentLengthDoesNotOverflow_ambiguity22(String value) {
        assertThat(violation(Version.V1_2, "SEND\ncontent-length:" + value + "\n").code())
                .isEqualTo("body-too-large");
    }

    @Test
    void contentLengthMayBePaddedIn10_ambiguity7() throws ProtocolViolation {
        assertThat(body(frame(Version.V1_0, "SEND\ncontent-length: 2 \n\nhi^@"))).isEqualTo("hi");
    }

    @Test
    void theFirstContentLengthCounts_E10() throws ProtocolViolation {
        assertThat(body(frame(Version.V1_2, "SEND\ncontent-length:2\ncontent-length:x\n\nhi^@")))
                .isEqualTo("hi");
    }

    @Test
    void bodyLongerThanItsContentLengthIsMalformed_ambiguity23() {
        assertThat(violation(Version.V1_2, "SEND\ncontent-length:2\n\nhi!^@").code())
                .isEqualTo("malformed-frame");
    }

    @Test
    void bodyWithinOneChunkSharesItsOctets() throws ProtocolViolation {
        byte[] octets = octets("SEND\n\nabc^@");
        Frame frame = feed(decoder(Version.V1_2), octets).getFirst();

        octets[6] = 'X';

        assertThat(body(frame)).isEqualTo("Xbc");
    }

    @Test
    void bodyIsReadOnlyAndEachReaderHasItsOwnPosition() throws ProtocolViolation {
        Frame frame = frame(Version.V1_2, "SEND\n\nabc^@");

        ByteBuffer first = frame.body();
        first.position(2);

        assertThat(first.isReadOnly()).isTrue();
        assertThat(frame.body().remaining()).isEqualTo(3);
    }

    @Test
    void largeBodyInManyChunksIsPutTogether_F10() throws ProtocolViolation {
        byte[] body = new byte[1_000_000];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) (i % 251 + 1);
        }

        assertThat(inPieces(FrameWriter.send(Version.V1_2, "/q").body(body).bytes()).body())
                .isEqualTo(ByteBuffer.wrap(body));
        assertThat(inPieces(FrameWriter.send(Version.V1_2, "/q").bodyUntilNul(body).bytes()).body())
                .isEqualTo(ByteBuffer.wrap(body));
    }

    private static Frame inPieces(byte[] wire) throws ProtocolViolation {
        FrameDecoder decoder = decoder(Version.V1_2);
        for (int from = 0; from < wire.length; from += 7001) {
            byte[] piece = Arrays.copyOfRange(wire, from, Math.min(from + 7001, wire.length));
            for (Frame frame : feed(decoder, piece)) {
                return frame;
            }
        }
        throw new AssertionError("no frame");
    }
}
