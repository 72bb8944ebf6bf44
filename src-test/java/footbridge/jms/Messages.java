package footbridge.jms;

import footbridge.backend.Message;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.JmsQueue;
import footbridge.backend.Target.JmsTopic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The messages and targets of the tests.
public final class Messages {

    private Messages() {}

    public static Message text(String text) {
        return text(text, Map.of());
    }

    public static Message text(String text, Map<String, String> headers) {
        return new Message(headers, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), true);
    }

    public static Message bytes(byte... body) {
        return new Message(Map.of(), ByteBuffer.wrap(body), false);
    }

    public static JmsQueue queue(String name) {
        return new JmsQueue("artemis", name, Creation.NEVER);
    }

    public static JmsTopic topic(String name) {
        return new JmsTopic("artemis", name, Creation.NEVER);
    }
}
