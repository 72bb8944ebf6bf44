package footbridge.stomp;

import static footbridge.stomp.Decoding.body;
import static footbridge.stomp.Decoding.decoder;
import static footbridge.stomp.Decoding.feed;
import static footbridge.stomp.Decoding.first;
import static footbridge.stomp.Decoding.frame;
import static footbridge.stomp.Decoding.frames;
import static footbridge.stomp.Decoding.octets;
import static footbridge.stomp.Decoding.violation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames and lines: the F rules.
class FrameDecoderTest {

    @ParameterizedTest
    @EnumSource
    void frameIsCommandHeadersEmptyLineBodyAndNul_F1(Version version) throws ProtocolViolation {
        Frame frame = frame(version, "SEND\ndestination:/queue/a\nx:1\n\nhello^@");

        assertThat(frame.command()).isEqualTo(Command.SEND);
        assertThat(frame.headers()).isEqualTo(Headers.of("destination", "/queue/a", "x", "1"));
        assertThat(body(frame)).isEqualTo("hello");
    }

    @Test
    void aRepeatedDestinationIsTheSameTextAndAnotherIsAnother() throws ProtocolViolation {
        List<Frame> frames =
                frames(
                        Version.V1_2,
                        "SEND\ndestination:/a\n\n^@SEND\ndestination:/a\n\n^@"
                                + "SEND\ndestination:/b\n\n^@SEND\ndestination:/b\\cc\n\n^@");
        List<String> destinations =
                frames.stream()
                        .map(frame -> frame.headers().first("destination").orElseThrow())
                        .toList();

        assertThat(destinations).containsExactly("/a", "/a", "/b", "/b:c");
        assertThat(destinations.get(1)).isSameAs(destinations.get(0));
    }

    @ParameterizedTest
    @EnumSource
    void frameMayHaveNoHeaders_F1(Version version) throws ProtocolViolation {
        assertThat(frame(version, "DISCONNECT\n\n^@").headers()).isEqualTo(Headers.EMPTY);
    }

    @ParameterizedTest
    @EnumSource(names = {"V1_0", "V1_1"})
    void carriageReturnIsAnOrdinaryOctetBefore12_F2(Version version) throws ProtocolViolation {
        assertThat(frame(version, "SEND\na:b\r\n\n^@").headers()).isEqualTo(Headers.of("a", "b\r"));
        assertThat(violation(version, "SEND\r\na:b\n\n^@").code()).isEqualTo("unknown-command");
        assertThat(violation(version, "SEND\na:b\n\r\n^@").code()).isEqualTo("malformed-frame");
    }

    @Test
    void linesOf12MayEndWithCrlfAndWithLfInOneFrame_F3_F4() throws ProtocolViolation {
        List<Frame> frames =
                frames(
                        Version.V1_2,
                        "\r\n\nSEND\r\na:1\nb:2\r\n\r\nx^@\r\n\n\r\nSEND\nc:3\r\n\ny^@\r\n");

        assertThat(frames)
                .extracting(Frame::headers)
                .containsExactly(Headers.of("a", "1", "b", "2"), Headers.of("c", "3"));
        assertThat(frames).extracting(Decoding::body).containsExactly("x", "y");
    }

    @Test
    void onlyOneCarriageReturnBelongsToTheLineEnd_F3() throws ProtocolViolation {
        assertThat(frame(Version.V1_2, "SEND\na:b\r\r\n\n^@").headers())
                .isEqualTo(Headers.of("a", "b\r"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"accept-version:1.0", "accept-version:1.1", "x:y"})
    void connectMayEndItsLinesWithCrlfWhateverTheVersion_F3(String line) throws ProtocolViolation {
        Frame connect = first("CONNECT\r\n" + line + "\r\nhost:h\r\n\r\n^@");

        assertThat(connect.headers().first("host")).contains("h");
    }

    @ParameterizedTest
    @EnumSource
    void lineEndsBetweenFramesAreSkipped_F5(Version version) throws ProtocolViolation {
        assertThat(frames(version, "\n\n\nDISCONNECT\n\n^@\n\r\n\nDISCONNECT\n\n^@\n")).hasSize(2);
    }

    @Test
    void lineEndsBeforeTheFirstFrameAreSkipped_ambiguity37() throws ProtocolViolation {
        assertThat(first("\n\r\n\nCONNECT\n\n^@").command()).isEqualTo(Command.CONNECT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "send",
                "Send",
                "SENDX",
                "SEN",
                "SEND ",
                " SEND",
                "GET / HTTP/1.1",
                "\u00e9"
            })
    void misspeltCommandIsUnknown_F6_ambiguities18And38(String command) {
        assertThat(violation(Version.V1_2, command + "\n\n^@").code()).isEqualTo("unknown-command");
    }

    @ParameterizedTest
    @EnumSource
    void everyCommandIsRecognised(Command command) throws ProtocolViolation {
        assertThat(frame(Version.V1_2, command + "\n\n^@").command()).isEqualTo(command);
    }

    @ParameterizedTest
    @EnumSource
    void headerIsSplitAtTheFirstColon_F7_F8_ambiguity5(Version version) throws ProtocolViolation {
        assertThat(frame(version, "SEND\na:b:c\nempty:\n\n^@").headers())
                .isEqualTo(Headers.of("a", "b:c", "empty", ""));
    }

    @Test
    void framesMayBeCutAtAnyOctet_F10() throws ProtocolViolation {
        FrameDecoder decoder = decoder(Version.V1_2);
        List<Frame> frames = new ArrayList<>();
        for (byte octet :
                octets("SEND\r\na\\cb:\u00e9\ncontent-length:3\n\nx^@y^@\nACK\nid:1\n\n^@")) {
            decoder.decode(new byte[] {octet}, 0, 1, frames::add);
        }

        assertThat(frames).extracting(Frame::command).containsExactly(Command.SEND, Command.ACK);
        assertThat(frames.getFirst().headers())
                .isEqualTo(Headers.of("a:b", "\u00e9", "content-length", "3"));
        assertThat(body(frames.getFirst())).isEqualTo("x\0y");
    }

    @Test
    void onlyTheGivenPartOfTheArrayIsRead_F10() throws ProtocolViolation {
        byte[] octets = octets("??DISCONNECT\nreceipt:1\n\n^@??");
        List<Frame> frames = new ArrayList<>();

        decoder(Version.V1_2).decode(octets, 2, octets.length - 4, frames::add);

        assertThat(frames)
                .containsExactly(
                        new Frame(Command.DISCONNECT, Headers.of("receipt", "1"), Frame.NO_BODY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no colon", ":value", ":", "\r"})
    void headerWithoutNameOrColonIsMalformed_F16(String line) {
        assertThat(violation(Version.V1_1, "SEND\n" + line + "\n\n^@").code())
                .isEqualTo("malformed-frame");
    }

    @ParameterizedTest
    @ValueSource(strings = {"^@", "\n^@", "DISC^@", "DISCONNECT^@", "DISCONNECT\nreceipt:1^@"})
    void nulInAHeadIsRefusedAtOnce_ambiguity21(String wire) {
        assertThat(violation(Version.V1_2, wire).code()).isEqualTo("malformed-frame");
    }

    @Test
    void theViolationNamesTheReceiptReadBefore_X3() {
        assertThat(violation(Version.V1_2, "SEND\nreceipt:r-1\nbad\n\n^@").receipt())
                .contains("r-1");
        assertThat(violation(Version.V1_2, "SEND\nreceipt:r-1\ncontent-length:1\n\nxx^@").receipt())
                .contains("r-1");
        assertThat(violation(Version.V1_2, "SEND\nbad\nreceipt:r-1\n\n^@").receipt()).isEmpty();
    }

    @Test
    void connectHasNoReceipt_H3() {
        assertThat(violation(Version.V1_2, "CONNECT\nreceipt:r-1\nbad\n\n^@").receipt()).isEmpty();
    }

    @Test
    void theReceiptOfAnEarlierFrameIsNotNamed_X3() {
        assertThat(violation(Version.V1_2, "SEND\nreceipt:r-1\n\n^@SEND\nbad\n\n^@").receipt())
                .isEmpty();
    }

    @Test
    void framesBeforeTheViolationAreDelivered() {
        List<Frame> frames = new ArrayList<>();
        byte[] octets = octets("SEND\n\n^@nonsense\n\n^@SEND\n\n^@");

        assertThatThrownBy(
                        () -> decoder(Version.V1_2).decode(octets, 0, octets.length, frames::add))
                .isInstanceOf(ProtocolViolation.class);
        assertThat(frames).hasSize(1);
    }

    @Test
    void afterAViolationTheDecoderIsDead() {
        FrameDecoder decoder = decoder(Version.V1_2);
        ProtocolViolation violation = violation(decoder, "nonsense\n");

        assertThat(violation(decoder, "SEND\n\n^@")).isSameAs(violation);
        assertThat(violation(decoder, "")).isSameAs(violation);
    }

    @Test
    void aSinkThatFailsLosesNoLaterFrame() throws ProtocolViolation {
        FrameDecoder decoder = decoder(Version.V1_2);
        byte[] octets = octets("SEND\nx:1\n\nfirst^@");

        assertThatThrownBy(() ->
                        decoder.decode(
                                octets,
                                0,
                                octets.length,
                                _ -> {
                                    throw new IllegalStateException("full");
                                }))
                .hasMessage("full");

        assertThat(body(feed(decoder, "SEND\n\nsecond^@").getFirst())).isEqualTo("second");
    }
}
