package footbridge.stomp;

import static footbridge.stomp.Decoding.wire;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// CONNECTED, RECEIPT and ERROR on the wire.
class ServerFrameTest {

    @Test
    void connectedTellsVersionHeartBeatSessionServerAndUser_C7_C8_B10() {
        assertThat(wire(connected(Version.V1_2, Optional.of("joe"))))
                .isEqualTo(
                        "CONNECTED\nversion:1.2\nheart-beat:10000,10000\nsession:s-1\n"
                                + "server:footbridge/1\nuser-name:joe\n\n^@");
    }

    @Test
    void connectedOf10HasNoHeartBeat_B9_C7() {
        assertThat(wire(connected(Version.V1_0, Optional.empty())))
                .isEqualTo("CONNECTED\nversion:1.0\nsession:s-1\nserver:footbridge/1\n\n^@");
    }

    @Test
    void connectedIsNeverEscapedNorForged_E7_E12() {
        assertThat(wire(connected(Version.V1_2, Optional.of("a:b\\c\nx:y\0"))))
                .endsWith("\nuser-name:a:b\\c x:y \n\n^@");
    }

    @ParameterizedTest
    @CsvSource({
        "V1_0, 'a:b\\ \u00e9  '", // E4, E12
        "V1_1, 'a\\cb\\\\ \u00e9\\n '", // E3
        "V1_2, 'a\\cb\\\\ \u00e9\\n\\r'" // E2
    })
    void receiptRepeatsTheIdInTheEscapesOfTheVersion_R2_E6(Version version, String id) {
        assertThat(wire(new ServerFrame.Receipt("a:b\\ \u00e9\n\r", Map.of()).encode(version)))
                .isEqualTo("RECEIPT\nreceipt-id:" + id + "\n\n^@");
    }

    @Test
    void receiptMayHaveMoreHeadersButOneId_R2() {
        Map<String, String> more = new LinkedHashMap<>();
        more.put("guarantee", "best-effort");
        more.put("receipt-id", "forged");
        more.put("", "nameless");

        assertThat(wire(new ServerFrame.Receipt("r", more).encode(Version.V1_2)))
                .isEqualTo("RECEIPT\nreceipt-id:r\nguarantee:best-effort\n\n^@");
    }

    @Test
    void errorHasMessageCodeReceiptIdAndTextBody_X2_X3_X4() {
        ServerFrame error =
                new ServerFrame.Error(
                        "No such thing",
                        "no-such-thing",
                        Optional.of("r:1"),
                        "Ask f\u00fcr it",
                        Map.of("version", "1.0,1.1,1.2"));

        assertThat(wire(error.encode(Version.V1_2)))
                .isEqualTo(
                        """
                        ERROR
                        message:No such thing
                        code:no-such-thing
                        receipt-id:r\\c1
                        content-type:text/plain
                        content-length:11
                        version:1.0,1.1,1.2

                        Ask f\u00fcr it^@\
                        """);
    }

    @Test
    void errorMayKnowNoReceipt_X3() {
        ServerFrame error = new ServerFrame.Error("m", "c", Optional.empty(), "", Map.of());

        assertThat(wire(error.encode(Version.V1_0)))
                .isEqualTo(
                        "ERROR\nmessage:m\ncode:c\ncontent-type:text/plain\ncontent-length:0\n\n^@");
    }

    @Test
    void serverFramesAreTextInOnePiece_W7() {
        WireFrame frame = connected(Version.V1_2, Optional.of("\ud83d\ude00\ud83d"));

        ByteBuffer whole = ByteBuffer.allocate(frame.size());
        frame.writeHead(whole);

        assertThat(frame.body().hasRemaining()).isFalse();
        assertThat(frame.utf8()).isTrue();
        assertThat(whole.hasRemaining()).isFalse();
        assertThat(Utf8.isValid(whole.flip())).isTrue();
    }

    @Test
    void heartBeatIsOneLf_B5_W6() {
        assertThat(WireFrame.heartBeat().toBytes()).containsExactly('\n');
        assertThat(WireFrame.heartBeat().utf8()).isTrue();
    }

    private static WireFrame connected(Version version, Optional<String> user) {
        return new ServerFrame.Connected(
                        version, "s-1", "footbridge/1", new HeartBeat(10_000, 10_000), user)
                .encode(version);
    }
}
