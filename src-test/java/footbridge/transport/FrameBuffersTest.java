package footbridge.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.connection.OutgoingFrame;
import footbridge.stomp.SharedMessage;
import footbridge.stomp.SubscriberHead;
import footbridge.stomp.Version;
import footbridge.stomp.WireFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a socket is given, read by Netty's own WebSocket client.
class FrameBuffersTest {

    private static final SubscriberHead SUBSCRIBER =
            new SubscriberHead(Version.V1_2, Optional.of("0"), "/queue/a", "m");

    /// What a MESSAGE is longer than its body of no octets, as these are made.
    private static final int HEAD = message(new byte[0]).size();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, 4_096, 4_097, 65_000, 70_000, 300_000})
    void aStompFrameIsOneWebSocketMessage_W7(int length) {
        WireFrame frame = message(text(length));

        assertThat(webSocketMessages(List.of(frame)))
                .singleElement()
                .isEqualTo("TEXT " + new String(frame.toBytes(), UTF_8));
    }

    @Test
    void theHeadOfAWebSocketMessageFitsItsLength() {
        List<WireFrame> frames =
                Stream.of(124, 125, 126, 127, 65_534, 65_535, 65_536, 65_537)
                        .map(FrameBuffersTest::ofSize)
                        .toList();

        assertThat(webSocketMessages(frames)).isEqualTo(expected(frames));
    }

    @Test
    void whatIsNotUtf8IsABinaryMessage_W7_ambiguity24() {
        byte[] octets = new byte[5_000];
        octets[4_999] = (byte) 0xff;

        assertThat(webSocketMessages(List.of(message(octets), message(text(1)))))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("BINARY MESSAGE\n"),
                        second -> assertThat(second).startsWith("TEXT MESSAGE\n"));
    }

    @Test
    void smallAndLargeFramesKeepTheirOrder() {
        List<WireFrame> frames =
                IntStream.of(1, 5_000, 2, 3, 9_000, 9_001, 4)
                        .mapToObj(length -> message(text(length)))
                        .toList();

        assertThat(webSocketMessages(frames)).isEqualTo(expected(frames));
        assertThat(octets(buffers(frames, FrameBuffers.Framing.NONE)))
                .isEqualTo(
                        octets(
                                frames.stream()
                                        .map(frame -> Unpooled.wrappedBuffer(frame.toBytes()))
                                        .toList()));
    }

    @Test
    void smallFramesAreOneBufferAndLargeBodiesAreNotCopied() {
        byte[] large = text(5_000);
        List<ByteBuf> small =
                buffers(
                        List.of(message(text(1)), WireFrame.heartBeat()),
                        WebSocketFraming.INSTANCE);
        List<ByteBuf> one = buffers(List.of(message(large)), WebSocketFraming.INSTANCE);

        assertThat(small).hasSize(1);
        assertThat(one).hasSize(3);
        assertThat(one.get(1).array()).isSameAs(large);
        octets(small);
        octets(one);
    }

    private static WireFrame ofSize(int size) {
        int digits = Integer.toString(size).length();
        return IntStream.rangeClosed(size - HEAD - digits - 2, size)
                .mapToObj(length -> message(text(Math.max(0, length))))
                .filter(frame -> frame.size() == size)
                .findFirst()
                .orElseThrow();
    }

    private static WireFrame message(byte[] body) {
        return SUBSCRIBER.message(
                SharedMessage.of(Version.V1_2, Map.of("a", "b"), ByteBuffer.wrap(body)), 1, true);
    }

    private static byte[] text(int length) {
        byte[] text = new byte[length];
        Arrays.fill(text, (byte) 'x');
        return text;
    }

    private static List<String> expected(List<WireFrame> frames) {
        return frames.stream().map(frame -> "TEXT " + new String(frame.toBytes(), UTF_8)).toList();
    }

    private static List<ByteBuf> buffers(List<WireFrame> frames, FrameBuffers.Framing framing) {
        return FrameBuffers.of(
                frames.stream().map(OutgoingFrame::new).toList(),
                framing,
                PooledByteBufAllocator.DEFAULT);
    }

    /// All octets; no buffer is left over.
    private static byte[] octets(List<ByteBuf> buffers) {
        ByteBuf all = Unpooled.wrappedBuffer(buffers.toArray(ByteBuf[]::new));
        byte[] octets = ByteBufUtil.getBytes(all);
        all.release();
        assertThat(buffers).allMatch(buffer -> buffer.refCnt() == 0);
        return octets;
    }

    private static List<String> webSocketMessages(List<WireFrame> frames) {
        byte[] octets = octets(buffers(frames, WebSocketFraming.INSTANCE));
        var decoder =
                new WebSocket13FrameDecoder(
                        WebSocketDecoderConfig.newBuilder()
                                .expectMaskedFrames(false)
                                .maxFramePayloadLength(1 << 20)
                                .build());
        var client = new EmbeddedChannel(decoder);
        client.writeInbound(Unpooled.wrappedBuffer(octets));
        List<String> messages =
                Stream.generate(client::<WebSocketFrame>readInbound)
                        .takeWhile(message -> message != null)
                        .map(FrameBuffersTest::told)
                        .toList();
        assertThat(client.finish()).isFalse();
        return messages;
    }

    private static String told(WebSocketFrame message) {
        assertThat(message.isFinalFragment()).isTrue();
        String type =
                switch (message) {
                    case TextWebSocketFrame _ -> "TEXT ";
                    case BinaryWebSocketFrame _ -> "BINARY ";
                    default -> message + " ";
                };
        String told = type + message.content().toString(UTF_8);
        message.release();
        return told;
    }
}
