package footbridge.bench.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// The frames that all codecs get: a SEND as browsers write it, and what a MESSAGE is made of.
final class Sample {

    static final String SUBSCRIPTION = "sub-0";
    static final String DESTINATION = "/queue/orders.eu";

    private final byte[] body;

    /// @param size octets of the body
    Sample(int size) {
        body = new byte[size];
        Arrays.fill(body, (byte) 'x');
    }

    /// ASCII without NUL.
    byte[] body() {
        return body;
    }

    /// The SEND on the wire.
    byte[] send() {
        var wire = new ByteArrayOutputStream();
        wire.writeBytes(
                """
                SEND
                destination:/queue/orders.eu
                content-type:text/plain
                receipt:message-12345
                content-length:%d

                """
                        .formatted(body.length)
                        .getBytes(US_ASCII));
        wire.writeBytes(body);
        wire.write(0);
        return wire.toByteArray();
    }

    /// What the MESSAGE has beside the headers of the subscription.
    static Map<String, String> messageHeaders() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "text/plain");
        headers.put("timestamp", "1764115200000");
        return headers;
    }
}
