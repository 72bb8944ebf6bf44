package footbridge.stomp;

import static footbridge.stomp.Decoding.feed;
import static footbridge.stomp.Decoding.first;
import static footbridge.stomp.Decoding.frame;
import static footbridge.stomp.Decoding.frames;
import static footbridge.stomp.Decoding.violation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the octets of a head stand for: the E rules.
class HeadEncodingTest {

    @ParameterizedTest
    @EnumSource
    void headersAreUtf8_E1(Version version) throws ProtocolViolation {
        assertThat(frame(version, "SEND\nn\u00e4me:\u20ac \ud83d\ude00\n\n^@").headers())
                .isEqualTo(Headers.of("n\u00e4me", "\u20ac \ud83d\ude00"));
    }

    @ParameterizedTest
    @EnumSource
    void malformedUtf8IsRefused_E1(Version version) {
        byte[] octets = {'S', 'E', 'N', 'D', '\n', 'a', ':', (byte) 0xc3, '\n', '\n', 0};
        FrameDecoder decoder = Decoding.decoder(version);

        assertThat(catchThrowable(() -> feed(decoder, octets)))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.code()).isEqualTo("malformed-frame"));
    }

    @Test
    void escapesOf12AreDecodedInNamesAndValues_E2() throws ProtocolViolation {
        assertThat(frame(Version.V1_2, "SEND\na\\cb:\\r\\n\\c\\\\n\n\n^@").headers())
                .isEqualTo(Headers.of("a:b", "\r\n:\\n"));
    }

    @Test
    void escapesOf11AreDecodedInNamesAndValues_E3() throws ProtocolViolation {
        assertThat(frame(Version.V1_1, "SEND\na\\cb:\\n\\c\\\\n\n\n^@").headers())
                .isEqualTo(Headers.of("a:b", "\n:\\n"));
    }

    @Test
    void carriageReturnHasNoEscapeIn11_E3() {
        assertThat(violation(Version.V1_1, "SEND\na:\\r\n\n^@").code())
                .isEqualTo("undefined-escape");
    }

    @Test
    void backslashIsAnOrdinaryCharacterIn10_E4_ambiguity3() throws ProtocolViolation {
        assertThat(frame(Version.V1_0, "SEND\na\\c:b\\n\\x\\\n\n^@").headers())
                .isEqualTo(Headers.of("a\\c", "b\\n\\x\\"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:\\t", "a:b\\", "a\\:b", "a\\x:b", "a:\\N", "a:\\\u00e9"})
    void undefinedEscapeIsRefused_E5_E11_ambiguity2(String line) {
        for (Version version : List.of(Version.V1_1, Version.V1_2)) {
            ProtocolViolation violation = violation(version, "SEND\nreceipt:r\n" + line + "\n\n^@");

            assertThat(violation.code()).isEqualTo("undefined-escape");
            assertThat(violation.receipt()).contains("r");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONNECT", "STOMP", "CONNECTED"})
    void headsThatOpenASessionHaveNoEscapes_E7(String command) throws ProtocolViolation {
        String wire = command + "\naccept-version:1.2\nversion:1.2\npasscode:a\\c\\x\\\n\n^@";

        assertThat(first(wire).headers().first("passcode")).contains("a\\c\\x\\");
        assertThat(frame(Version.V1_2, wire).headers().first("passcode")).contains("a\\c\\x\\");
    }

    @ParameterizedTest
    @EnumSource(names = {"V1_1", "V1_2"})
    void blanksBelongToNamesAndValuesFrom11_E8(Version version) throws ProtocolViolation {
        assertThat(frame(version, "SEND\n a : b \n\n^@").headers())
                .isEqualTo(Headers.of(" a ", " b "));
    }

    @Test
    void blanksAroundValuesAreTrimmedIn10Only_E9_ambiguity7() throws ProtocolViolation {
        assertThat(frame(Version.V1_0, "SEND\n a : \tb c \t\nempty:  \n\n^@").headers())
                .isEqualTo(Headers.of(" a ", "b c", "empty", ""));
    }

    @Test
    void connectOf10IsTrimmedToo_ambiguity7() throws ProtocolViolation {
        assertThat(first("CONNECT\nlogin: guest\ncontent-length: 0\n\n^@").headers())
                .isEqualTo(Headers.of("login", "guest", "content-length", "0"));
        assertThat(first("CONNECT\naccept-version:1.1\nlogin: guest\n\n^@").headers())
                .isEqualTo(Headers.of("accept-version", "1.1", "login", " guest"));
    }

    @ParameterizedTest
    @EnumSource
    void theFirstOfRepeatedHeadersIsTheValue_E10_ambiguity6(Version version)
            throws ProtocolViolation {
        assertThat(frame(version, "SEND\na:1\nb:2\na:3\na:\n\n^@").headers())
                .isEqualTo(Headers.of("a", "1", "b", "2"));
    }

    @Test
    void theFirstOfRepeatedHeadersWinsAmongManyToo_E10() throws ProtocolViolation {
        StringBuilder head = new StringBuilder("SEND\n");
        for (int i = 0; i < 300; i++) {
            head.append("h").append(i % 100).append(':').append(i).append('\n');
        }

        Headers headers = frame(Version.V1_2, head + "\n^@").headers();

        assertThat(headers.size()).isEqualTo(100);
        assertThat(headers.first("h7")).contains("7");
        assertThat(headers.first("h99")).contains("99");
    }

    @Test
    void headersOfOneFrameDoNotShowInTheNext_E10() throws ProtocolViolation {
        assertThat(frames(Version.V1_2, "SEND\na:1\n\n^@SEND\na:2\n\n^@"))
                .extracting(Frame::headers)
                .containsExactly(Headers.of("a", "1"), Headers.of("a", "2"));
    }

    @Test
    void passcodesDoNotShowInTexts() throws ProtocolViolation {
        Frame connect = first("CONNECT\nlogin:joe\npasscode:secret\n\n^@");

        assertThat(connect.toString()).contains("joe").doesNotContain("secret");
        assertThat(ClientFrame.of(connect, Version.V1_2).toString()).doesNotContain("secret");
    }
}
