package footbridge.jms.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.ActiveMQBuffers;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class BodyTextTest {

    static Stream<String> texts() {
        return Stream.of(
                "",
                "plain\0\n\u007f",
                "abc",
                "abcdef\u007f\u007f",
                "abcd\u0080",
                "abc\u0100",
                "abcde\u0661",
                "grüße",
                "ascii then €",
                "\ud83d\ude00",
                "x".repeat(3_000_000));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textIsTheSameOnBothSides(String text) {
        ByteBuffer utf8 = ByteBuffer.wrap(text.getBytes(UTF_8)).asReadOnlyBuffer();
        ActiveMQBuffer body = ActiveMQBuffers.fixedBuffer(BodyText.room(utf8));

        BodyText.write(utf8, body);

        assertThat(body.readNullableSimpleString().toString()).isEqualTo(text);
        assertThat(body.readableBytes()).isZero();
        assertThat(utf8.remaining()).isEqualTo(text.getBytes(UTF_8).length);
        assertThat(UTF_8.decode(BodyText.read(body)).toString()).isEqualTo(text);
    }

    @Test
    void whereThereIsNoTextTheBodyIsEmpty() {
        ActiveMQBuffer body = ActiveMQBuffers.fixedBuffer(1);
        body.writeNullableSimpleString(null);

        assertThat(BodyText.read(body).hasRemaining()).isFalse();
    }

    @Test
    void halfACharacterBecomesAQuestionMark() {
        ActiveMQBuffer body = ActiveMQBuffers.dynamicBuffer(100);
        body.writeNullableSimpleString(SimpleString.of("a\ud83d b"));

        assertThat(UTF_8.decode(BodyText.read(body)).toString()).isEqualTo("a? b");
    }
}
