package footbridge.testbed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {

    private static final String CONNECTED_12 = "CONNECTED\nversion:1.2\n\n\0";
    private static final String CONNECTED_11 = "CONNECTED\nversion:1.1\n\n\0";
    private static final String CONNECTED_10 = "CONNECTED\nsession:a\n\n\0";

    private final List<StompFrame> frames = new ArrayList<>();
    private final AtomicInteger heartBeats = new AtomicInteger();
    private final FrameReader reader = new FrameReader(frames::add, heartBeats::incrementAndGet);

    @Test
    void bodyWithoutContentLengthEndsAtNul() {
        read("MESSAGE\ndestination:/queue/a\n\n\nhello\n\0");

        assertThat(last().command()).isEqualTo("MESSAGE");
        assertThat(last().headers()).containsExactly(Map.entry("destination", "/queue/a"));
        assertThat(last().text()).isEqualTo("\nhello\n");
    }

    @Test
    void contentLengthCountsOctetsAndCoversNul() {
        read("MESSAGE\ncontent-length:5\n\né\0\0\0\0");

        assertThat(last().bytes()).isEqualTo("é\0\0\0".getBytes(UTF_8));
        assertThat(reader.isWithinFrame()).isFalse();
    }

    @Test
    void framesMayBeCutAnywhereAndArriveTogether() {
        byte[] two = "MESSAGE\r\na:ä\r\n\r\nbody\0\n\nRECEIPT\nreceipt-id:1\n\n\0".getBytes(UTF_8);
        for (byte octet : two) {
            reader.accept(ByteBuffer.wrap(new byte[] {octet}));
        }
        reader.accept(ByteBuffer.wrap(two));

        assertThat(frames)
                .extracting(StompFrame::command)
                .containsExactly("MESSAGE", "RECEIPT", "MESSAGE", "RECEIPT");
        assertThat(frames.getFirst().header("a")).contains("ä");
        assertThat(heartBeats).hasValue(4);
    }

    @Test
    void firstOfRepeatedHeadersWins() {
        read("MESSAGE\nfoo:World\nfoo:Hello\n\n\0");

        assertThat(last().header("foo")).contains("World");
    }

    @Test
    void valueKeepsSpacesAndColons() {
        read("MESSAGE\na: b:c \n\n\0");

        assertThat(last().header("a")).contains(" b:c ");
    }

    @Test
    void version12KnowsFourEscapes() {
        read(CONNECTED_12 + "MESSAGE\n\\ca:\\r\\n\\c\\\\n\n\n\0");

        assertThat(last().header(":a")).contains("\r\n:\\n");
    }

    @Test
    void version11KnowsThreeEscapesAndKeepsCarriageReturns() {
        read(CONNECTED_11 + "MESSAGE\na:\\n\\c\\\\\r\n\n\0");

        assertThat(last().header("a")).contains("\n:\\\r");
        assertMalformed("MESSAGE\na:\\r\n\n\0");
    }

    @Test
    void version10HasNoEscapes() {
        read(CONNECTED_10 + "MESSAGE\na:\\n\\x\\\n\n\0");

        assertThat(last().header("a")).contains("\\n\\x\\");
    }

    @Test
    void connectedIsNotEscaped() {
        read("CONNECTED\nversion:1.2\nserver:a\\b\n\n\0");

        assertThat(last().header("server")).contains("a\\b");
    }

    @Test
    void endOfLineBetweenFramesIsAHeartBeat() {
        read("\n\r\n" + CONNECTED_12 + "\n");

        assertThat(heartBeats).hasValue(3);
        assertThat(frames).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MESSAGE\nno colon\n\n\0",
                "MESSAGE\n:empty name\n\n\0",
                "MESSAGE\na:\\t\n\n\0",
                "MESSAGE\na:\\\n\n\0",
                "MESSAGE\ncontent-length:1\n\nab\0",
                "MESSAGE\ncontent-length:-1\n\n\0",
                "MESSAGE\0",
                "message\n\n\0",
                "MESSAGE \n\n\0",
                "\0",
                "\rMESSAGE\n\n\0"
            })
    void whatTheSpecificationForbidsIsMalformed(String wire) {
        assertMalformed(wire);
    }

    @Test
    void headThatIsNotUtf8IsMalformed() {
        ByteBuffer latin1 = ByteBuffer.wrap("MESSAGE\na:é\n\n\0".getBytes(ISO_8859_1));

        assertThatExceptionOfType(MalformedFrame.class).isThrownBy(() -> reader.accept(latin1));
    }

    private void read(String wire) {
        reader.accept(ByteBuffer.wrap(wire.getBytes(UTF_8)));
    }

    private StompFrame last() {
        return frames.getLast();
    }

    private void assertMalformed(String wire) {
        assertThatExceptionOfType(MalformedFrame.class).isThrownBy(() -> read(wire));
    }
}
