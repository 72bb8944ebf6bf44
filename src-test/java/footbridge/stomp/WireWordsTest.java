package footbridge.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WireWordsTest {

    private static final String[] MANY =
            IntStream.range(0, 100).mapToObj(i -> "a" + i + "z").toArray(String[]::new);

    private final WireWords words = new WireWords(MANY);

    @Test
    void everyWordIsFoundWhereverItStands() {
        for (int i = 0; i < MANY.length; i++) {
            byte[] octets = ("??" + MANY[i] + "?").getBytes(StandardCharsets.US_ASCII);

            assertThat(words.find(octets, 2, octets.length - 1)).isEqualTo(i);
        }
    }

    @Test
    void nothingElseIsFound() {
        for (String text : new String[] {"", "a", "a1", "az", "a100z", "A1z", "a1zz", "\u00e9"}) {
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);

            assertThat(words.find(octets, 0, octets.length)).isEqualTo(-1);
        }
    }
}
