package footbridge.jms;

import footbridge.backend.Message;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.JmsQueue;
import footbridge.backend.Target.JmsTopic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The messages and targets of the tests.
final class Messages {

    private Messages() {}

    static Message text(String text) {
        return text(text, Map.of());
    }

    static Message text(String text, Map<String, String> headers) {
        return new Message(headers, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), true);
    }

    static Message bytes(byte... body) {
        return new Message(Map.of(), ByteBuffer.wrap(body), false);
    }

    static JmsQueue queue(String name) {
        return new JmsQueue("artemis", name, Creation.NEVER);
    }

    static JmsTopic topic(String name) {
        return new JmsTopic("artemis", name, Creation.NEVER);
    }
}
