package footbridge.jms.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import javax.lang.model.SourceVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PropertyNamesTest {

    private static final long SEED = 20_260_511;
    private static final int NAMES = 200_000;

    /// Fragments that come near the encoding's own words, and characters of every kind.
    private static final List<String> FRAGMENTS =
            List.of(
                    "-",
                    ".",
                    "_",
                    "__",
                    "HYPHEN",
                    "_HYPHEN_",
                    "_DOT_",
                    "DOT",
                    "_x",
                    "x",
                    "_x002D_",
                    "x005F",
                    "005F",
                    "JMS",
                    "JMSX",
                    "_AMQ_",
                    "__AMQ",
                    "_HQ",
                    "a",
                    "Z",
                    "9",
                    "0",
                    " ",
                    ":",
                    "/",
                    "\0",
                    "\u007f",
                    "$",
                    "ä",
                    "€",
                    "\ud83d\ude00",
                    "\ud800",
                    "IN");

    @Test
    void everyNameComesBack() {
        var random = new Random(SEED);
        for (int n = 0; n < NAMES; n++) {
            String header = name(random);
            assertThat(PropertyNames.decode(PropertyNames.encode(header))).isEqualTo(header);
        }
    }

    @Test
    void everyEncodedNameIsAnIdentifierThatNobodyReserves() {
        var random = new Random(SEED);
        for (int n = 0; n < NAMES; n++) {
            String encoded = PropertyNames.encode(name(random));
            assertThat(SourceVersion.isIdentifier(encoded)).as(encoded).isTrue();
            assertThat(PropertyNames.isReserved(encoded)).as(encoded).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "content-type, content_HYPHEN_type",
        "a.b, a_DOT_b",
        "plain_name, plain_name",
        "x:y, x_x003A_y",
        "9lives, _x0039_lives",
        "a_HYPHEN_b, a_x005F_HYPHEN_b",
        "JMSPriority, _x004A_MSPriority",
        "JMSXDeliveryCount, _x004A_MSXDeliveryCount",
        "_AMQ_SCHED_DELIVERY, _x005F_AMQ_SCHED_DELIVERY",
        "null, _x006E_ull",
        "Between, _x0042_etween"
    })
    void namesAreWrittenAs(String header, String property) {
        assertThat(PropertyNames.encode(header)).isEqualTo(property);
    }

    @ParameterizedTest
    @ValueSource(strings = {"_x00zz_", "_x005f_", "_HYPHEN", "__", "_x12", "order_id"})
    void aNameThatIsNotOursIsReadAsItIs(String property) {
        assertThat(PropertyNames.decode(property)).isEqualTo(property);
    }

    @Test
    void anEmptyNameIsRefused() {
        assertThatThrownBy(() -> PropertyNames.encode(""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String name(Random random) {
        var name = new StringBuilder();
        int fragments = 1 + random.nextInt(6);
        for (int n = 0; n < fragments; n++) {
            name.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
        }
        return name.toString();
    }
}
