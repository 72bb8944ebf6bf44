package footbridge.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HeadersTest {

    private final Headers headers = Headers.of("b", "1", "a", "", "b", "2");

    @Test
    void headersKeepTheirOrderAndTheFirstValue_E10() {
        assertThat(headers.size()).isEqualTo(2);
        assertThat(headers.name(0)).isEqualTo("b");
        assertThat(headers.value(0)).isEqualTo("1");
        assertThat(headers.name(1)).isEqualTo("a");
        assertThat(headers.first("b")).contains("1");
    }

    @Test
    void anEmptyValueIsAValue_F7() {
        assertThat(headers.first("a")).contains("");
        assertThat(headers.first("c")).isEmpty();
        assertThat(headers.first("1")).isEmpty();
    }

    @Test
    void namesAreCaseSensitive_F6() {
        assertThat(headers.first("A")).isEmpty();
    }

    @Test
    void aHeaderNeedsAValue() {
        assertThatThrownBy(() -> Headers.of("a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void headersAreEqualIfTheySayTheSameInTheSameOrder() {
        assertThat(headers).isEqualTo(Headers.of("b", "1", "a", "")).hasSameHashCodeAs(headers);
        assertThat(headers).isNotEqualTo(Headers.of("a", "", "b", "1"));
    }

    @Test
    void commonNamesAreNotMadeAnewForEachFrame() throws ProtocolViolation {
        Headers read =
                Decoding.frame(Version.V1_2, "SEND\ndestination:/q\nkafka-key:k\nx-mine:1\n\n^@")
                        .headers();

        assertThat(commonName(read, 0)).isTrue();
        assertThat(commonName(read, 1)).isTrue();
        assertThat(commonName(read, 2)).isFalse();
    }

    private static boolean commonName(Headers first, int i) throws ProtocolViolation {
        String name = first.name(i);
        Headers second = Decoding.frame(Version.V1_2, "SEND\n" + name + ":again\n\n^@").headers();
        return System.identityHashCode(second.name(0)) == System.identityHashCode(name);
    }
}
