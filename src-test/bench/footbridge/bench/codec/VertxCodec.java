package footbridge.bench.codec;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.stomp.Command;
import io.vertx.ext.stomp.Frame;
import io.vertx.ext.stomp.StompServerOptions;
import io.vertx.ext.stomp.impl.FrameParser;
import java.util.LinkedHashMap;
import java.util.Map;

/// Vert.x': the parser and the frame of its STOMP server, on heap buffers as Vert.x hands them out.
final class VertxCodec implements Codec {

    private static final int LARGEST = 16 * 1024 * 1024;

    private final FrameParser parser =
            new FrameParser(new StompServerOptions().setMaxBodyLength(LARGEST));
    private final Buffer send;
    private final Buffer body;
    private int found;
    private long number;

    VertxCodec(Sample sample) {
        send = Buffer.buffer(sample.send());
        body = Buffer.buffer(sample.body());
        parser.handler(this::decoded);
    }

    private void decoded(Frame frame) {
        found =
                frame.getHeader("destination").length()
                        + frame.getHeader("receipt").length()
                        + frame.getHeader("content-type").length()
                        + frame.getBody().length();
    }

    @Override
    public int decode() {
        parser.handle(send);
        return found;
    }

    @Override
    public int encode() {
        String id = "connection-1-" + ++number;
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("subscription", Sample.SUBSCRIPTION);
        headers.put("destination", Sample.DESTINATION);
        headers.put("message-id", id);
        headers.put("ack", id);
        headers.put("content-type", "text/plain");
        headers.put("timestamp", "1764115200000");
        headers.put("content-length", Integer.toString(body.length()));
        return new Frame(Command.MESSAGE, headers, body).toBuffer().length();
    }
}
