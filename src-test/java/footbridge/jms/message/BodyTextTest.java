package footbridge.jms.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class BodyTextTest {

    static Stream<String> texts() {
        return Stream.of(
                "",
                "plain\0\n\u007f",
                "grüße",
                "ascii then €",
                "\ud83d\ude00",
                "x".repeat(3_000_000));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textIsTheSameOnBothSides(String text) {
        ByteBuffer utf8 = ByteBuffer.wrap(text.getBytes(UTF_8)).asReadOnlyBuffer();

        assertThat(BodyText.fromUtf8(utf8).toString()).isEqualTo(text);
        assertThat(utf8.position()).isZero();
        assertThat(UTF_8.decode(BodyText.toUtf8(SimpleString.of(text))).toString()).isEqualTo(text);
    }
}
