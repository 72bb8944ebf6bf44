package footbridge.stomp;

import static footbridge.stomp.Decoding.feed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Negotiation: the N rules.
class VersionTest {

    @Test
    void clientWithoutAcceptVersionSpeaks10_N1() {
        assertThat(Version.negotiate(Optional.empty())).contains(Version.V1_0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.0|1.0",
                "1.1|1.1",
                "1.2|1.2",
                "1.0,1.1,1.2|1.2",
                "1.0,1.1|1.1", // N2
                "1.2,1.1,1.0|1.2",
                "1.1,1.0|1.1", // N3
                "1.1,1.3,2.0|1.1",
                "x,,1.0|1.0", // N5
                "'1.1, 1.2'|1.2",
                "' 1.0 ,\t1.1 '|1.1" // ambiguity 8
            })
    void theHighestCommonVersionIsUsed_N2_N3_N5_ambiguity8(String accepted, String agreed) {
        assertThat(Version.negotiate(Optional.of(accepted))).isEqualTo(Version.of(agreed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "1.3", "1", "1.22", "1.1.1", "one"})
    void thereMayBeNothingInCommon_N4(String accepted) {
        assertThat(Version.negotiate(Optional.of(accepted))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "STOMP"})
    void theDecoderSettlesTheVersionItself_C3_N2(String command) throws ProtocolViolation {
        FrameDecoder decoder = new FrameDecoder(DecoderLimits.DEFAULTS);
        assertThat(decoder.version()).isEqualTo(Version.V1_2);

        feed(decoder, command + "\naccept-version:1.0,1.1\n\n^@");

        assertThat(decoder.version()).isEqualTo(Version.V1_1);
    }

    @Test
    void framesBehindConnectAreDecodedInItsVersion_ambiguity33() throws ProtocolViolation {
        FrameDecoder decoder = new FrameDecoder(DecoderLimits.DEFAULTS);

        List<Frame> frames = feed(decoder, "CONNECT\n\n^@SEND\na:\\c\\x\n\n^@SEND\na:b\r\n\n^@");

        assertThat(frames)
                .extracting(Frame::headers)
                .containsExactly(Headers.EMPTY, Headers.of("a", "\\c\\x"), Headers.of("a", "b\r"));
    }

    @Test
    void withNothingInCommonTheRulesOf10Stay_N4() throws ProtocolViolation {
        FrameDecoder decoder = new FrameDecoder(DecoderLimits.DEFAULTS);

        feed(decoder, "CONNECT\naccept-version:3.0\n\n^@");

        assertThat(decoder.version()).isEqualTo(Version.V1_0);
    }

    @Test
    void aSecondConnectChangesNothing_N2() throws ProtocolViolation {
        FrameDecoder decoder = Decoding.decoder(Version.V1_1);

        feed(decoder, "CONNECT\naccept-version:1.2\n\n^@");

        assertThat(decoder.version()).isEqualTo(Version.V1_1);
    }

    @Test
    void aFrameBeforeConnectSettlesNothing_C10() throws ProtocolViolation {
        FrameDecoder decoder = new FrameDecoder(DecoderLimits.DEFAULTS);

        feed(decoder, "SEND\naccept-version:1.0\na:\\r\r\n\n^@");

        assertThat(decoder.version()).isEqualTo(Version.V1_2);
    }

    @Test
    void connectedSettlesTheVersionOnTheClientsSide_C7() throws ProtocolViolation {
        FrameDecoder decoder = new FrameDecoder(DecoderLimits.DEFAULTS);

        feed(decoder, "CONNECTED\nversion:1.1\n\n^@");

        assertThat(decoder.version()).isEqualTo(Version.V1_1);
    }
}
