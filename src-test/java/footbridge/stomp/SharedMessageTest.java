package footbridge.stomp;

import static footbridge.stomp.Decoding.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// MESSAGE for many subscribers.
class SharedMessageTest {

    @Test
    void messageHasTheSubscribersHeadersFirst_M1_M2_M3_M7() {
        SharedMessage shared = shared(Version.V1_2, Map.of("content-type", "text/plain"), "hi");

        assertThat(wire(head(Version.V1_2).message(shared, 7, false)))
                .isEqualTo(
                        """
                        MESSAGE
                        subscription:0
                        destination:/queue/a
                        message-id:m-7
                        content-type:text/plain
                        content-length:2

                        hi^@\
                        """);
    }

    @Test
    void aHeaderMayBeTheSubscribersOwn_E6() {
        SharedMessage shared = shared(Version.V1_2, Map.of("a", "b"), "hi");

        assertThat(
                        wire(
                                head(Version.V1_2)
                                        .message(
                                                shared,
                                                7,
                                                true,
                                                Map.of("reply-to", "/reply-queue/1:2"))))
                .isEqualTo(
                        """
                        MESSAGE
                        subscription:0
                        destination:/queue/a
                        message-id:m-7
                        ack:m-7
                        reply-to:/reply-queue/1\\c2
                        a:b
                        content-length:2

                        hi^@\
                        """);
    }

    @Test
    void ackHeaderOf12HasTheValueOfTheMessageId_M4() {
        assertThat(wire(head(Version.V1_2).message(empty(Version.V1_2), 1205, true)))
                .isEqualTo(
                        """
                        MESSAGE
                        subscription:0
                        destination:/queue/a
                        message-id:m-1205
                        ack:m-1205
                        content-length:0

                        ^@\
                        """);
    }

    @Test
    void headersOfTheSubscriptionStandInEachOfItsMessages() {
        SubscriberHead head =
                new SubscriberHead(Version.V1_2, Optional.empty(), "/q", Map.of("x-a", "b:c"), "m");

        assertThat(wire(head.message(empty(Version.V1_2), 1, false)))
                .isEqualTo(
                        "MESSAGE\ndestination:/q\nx-a:b\\cc\nmessage-id:m-1\ncontent-length:0\n\n^@");
    }

    @ParameterizedTest
    @EnumSource(names = {"V1_0", "V1_1"})
    void thereIsNoAckHeaderBefore12_M4(Version version) {
        assertThat(wire(head(version).message(empty(version), 1, true))).doesNotContain("ack");
    }

    @Test
    void subscriptionOf10MayHaveNoId_M2() {
        SubscriberHead head = new SubscriberHead(Version.V1_0, Optional.empty(), "/q", "m");

        assertThat(wire(head.message(empty(Version.V1_0), 0, false)))
                .isEqualTo("MESSAGE\ndestination:/q\nmessage-id:m-0\ncontent-length:0\n\n^@");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, 99, 100, 1_234_567_890_123L, Long.MAX_VALUE})
    void numbersAreWrittenInFull_M3(long number) {
        assertThat(wire(head(Version.V1_2).message(empty(Version.V1_2), number, true)))
                .contains("\nmessage-id:m-" + number + "\nack:m-" + number + "\n");
    }

    @Test
    void headersOfTheServerCannotBeForged_M5_E10() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("subscription", "x");
        headers.put("message-id", "x");
        headers.put("ack", "x");
        headers.put("destination", "x");
        headers.put("content-length", "999");
        headers.put("", "x");
        headers.put("mine", "1");

        assertThat(wire(head(Version.V1_2).message(shared(Version.V1_2, headers, ""), 1, false)))
                .isEqualTo(
                        """
                        MESSAGE
                        subscription:0
                        destination:/queue/a
                        message-id:m-1
                        mine:1
                        content-length:0

                        ^@\
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "V1_0, 'a b \\:c  x:y \\'", // E4, E12, ambiguity 4: nothing is forged
        "V1_1, 'a\\cb\\n\\\\:c \\nx\\cy \\\\'", // E3, E12
        "V1_2, 'a\\cb\\n\\\\:c\\r\\nx\\cy \\\\'" // E2
    })
    void namesAndValuesAreEscapedAsTheVersionHasIt_E6_E12_ambiguity4(Version version, String line) {
        SharedMessage shared = shared(version, Map.of("a:b\n\\", "c\r\nx:y\0\\"), "");

        assertThat(wire(head(version).message(shared, 1, false)))
                .contains("\n" + line + "\ncontent-length");
    }

    @Test
    void echoedIdsAndDestinationsAreEscapedToo_E6() {
        SubscriberHead head = new SubscriberHead(Version.V1_2, Optional.of("a:b"), "/q\n\\", "p:p");

        assertThat(wire(head.message(empty(Version.V1_2), 1, true)))
                .startsWith(
                        """
                        MESSAGE
                        subscription:a\\cb
                        destination:/q\\n\\\\\nmessage-id:p\\cp-1
                        ack:p\\cp-1
                        """);
    }

    @Test
    void bodyIsNeitherCopiedNorMoved_M6() {
        byte[] octets = {'x', 'a', 'b', 'x'};
        ByteBuffer body = ByteBuffer.wrap(octets, 1, 2);
        WireFrame frame =
                head(Version.V1_2)
                        .message(SharedMessage.of(Version.V1_2, Map.of(), body), 1, false);

        octets[1] = 'A';

        assertThat(wire(frame)).endsWith("content-length:2\n\nAb^@");
        assertThat(body.remaining()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hi"})
    void headBodyAndANulAreTheWhole(String body) {
        WireFrame frame = head(Version.V1_2).message(shared(Version.V1_2, Map.of(), body), 1, true);
        ByteBuffer parts = ByteBuffer.allocate(frame.size());
        frame.writeHead(parts);
        parts.put(frame.body().duplicate());

        assertThat(parts.remaining()).isEqualTo(body.isEmpty() ? 0 : 1);
        assertThat(parts.array()).isEqualTo(frame.toBytes());
    }

    @Test
    void aFrameIsWrittenWhereItsTargetStandsAndNoFurther() {
        WireFrame frame = head(Version.V1_2).message(shared(Version.V1_2, Map.of(), "hi"), 1, true);
        ByteBuffer target = ByteBuffer.allocate(frame.size() + 2).position(1);
        frame.writeTo(target);

        assertThat(target.position()).isEqualTo(1 + frame.size());
        assertThat(Arrays.copyOfRange(target.array(), 1, 1 + frame.size()))
                .isEqualTo(frame.toBytes());
    }

    @ParameterizedTest
    @EnumSource
    void everySubscriberGetsWhatTheFirstGets(Version version) {
        Map<String, String> odd = new LinkedHashMap<>();
        odd.put("a:b", "\\ \n\r\0:");
        odd.put("\u00e4\u20ac", "\ud83d\ude00\ud83d");
        odd.put("destination", "x");
        odd.put("", "x");
        SharedMessage shared = shared(version, odd, "hi");
        WireFrame frame = head(version).message(shared, 12, true);
        byte[] first = frame.toBytes();

        assertThat(frame.toBytes()).isEqualTo(first);
        assertThat(frame.toBytes()).isEqualTo(first);
        assertThat(new String(first, StandardCharsets.UTF_8))
                .contains("\u00e4\u20ac:\ud83d\ude00?\n")
                .endsWith("\ncontent-length:2\n\nhi\0");
        assertThat(frame.body().remaining()).isEqualTo(2);
    }

    @Test
    void whoKnowsThatABodyIsTextNeedNotHaveItLookedAt_W7() {
        ByteBuffer text = ByteBuffer.wrap("\u00e9".getBytes(StandardCharsets.UTF_8));
        SharedMessage known = SharedMessage.ofText(Version.V1_2, Map.of("a", "b"), text);

        assertThat(known.utf8()).isTrue();
        assertThat(wire(head(Version.V1_2).message(known, 1, false)))
                .isEqualTo(
                        wire(
                                head(Version.V1_2)
                                        .message(
                                                SharedMessage.of(
                                                        Version.V1_2, Map.of("a", "b"), text),
                                                1,
                                                false)));
    }

    @Test
    void aBodyThatIsNotUtf8MayNotTravelAsText_W7_ambiguity24() {
        SharedMessage binary =
                SharedMessage.of(Version.V1_2, Map.of(), ByteBuffer.wrap(new byte[] {(byte) 0xff}));

        assertThat(binary.utf8()).isFalse();
        assertThat(head(Version.V1_2).message(binary, 1, false).utf8()).isFalse();
        assertThat(shared(Version.V1_2, Map.of("\ud800", "\udc00"), "\u00e9").utf8()).isTrue();
        assertThat(head(Version.V1_2).message(empty(Version.V1_2), 1, false).utf8()).isTrue();
    }

    @Test
    void aSubscriberTakesMessagesOfItsVersionOnly() {
        assertThatThrownBy(() -> head(Version.V1_1).message(empty(Version.V1_2), 1, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> head(Version.V1_1).message(empty(Version.V1_1), -1, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static SubscriberHead head(Version version) {
        return new SubscriberHead(version, Optional.of("0"), "/queue/a", "m");
    }

    private static SharedMessage empty(Version version) {
        return shared(version, Map.of(), "");
    }

    private static SharedMessage shared(Version version, Map<String, String> headers, String body) {
        return SharedMessage.of(
                version, headers, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    }
}
