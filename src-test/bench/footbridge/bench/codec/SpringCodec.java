package footbridge.bench.codec;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.springframework.messaging.Message;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompDecoder;
import org.springframework.messaging.simp.stomp.StompEncoder;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.MessageHeaderAccessor;

/// Spring's: the decoder and encoder of its STOMP sub-protocol handler.
final class SpringCodec implements Codec {

    private final StompDecoder decoder = new StompDecoder();
    private final StompEncoder encoder = new StompEncoder();
    private final byte[] send;
    private final byte[] body;
    private long number;

    SpringCodec(Sample sample) {
        send = sample.send();
        body = sample.body();
    }

    @Override
    public int decode() {
        Message<byte[]> message = decoder.decode(ByteBuffer.wrap(send)).getFirst();
        StompHeaderAccessor headers =
                Objects.requireNonNull(
                        MessageHeaderAccessor.getAccessor(message, StompHeaderAccessor.class));
        return length(headers, "destination")
                + length(headers, "receipt")
                + length(headers, "content-type")
                + message.getPayload().length;
    }

    private static int length(StompHeaderAccessor headers, String name) {
        return Objects.requireNonNull(headers.getFirstNativeHeader(name)).length();
    }

    @Override
    public int encode() {
        String id = "connection-1-" + ++number;
        StompHeaderAccessor headers = StompHeaderAccessor.create(StompCommand.MESSAGE);
        headers.setNativeHeader("subscription", Sample.SUBSCRIPTION);
        headers.setNativeHeader("destination", Sample.DESTINATION);
        headers.setNativeHeader("message-id", id);
        headers.setNativeHeader("ack", id);
        headers.setNativeHeader("content-type", "text/plain");
        headers.setNativeHeader("timestamp", "1764115200000");
        return encoder.encode(headers.getMessageHeaders(), body).length;
    }
}
