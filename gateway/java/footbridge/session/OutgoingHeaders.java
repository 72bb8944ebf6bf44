package footbridge.session;

import footbridge.backend.Message;
import footbridge.backend.Target;
import footbridge.stomp.ClientFrame;
import footbridge.stomp.Headers;
import footbridge.stomp.Utf8;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Turns a SEND frame into the message that its broker gets.
final class OutgoingHeaders {

    /// Headers that speak to the gateway, and those that only a server may set (M5).
    private static final Set<String> NOT_FOR_THE_MESSAGE =
            Set.of(
                    "destination",
                    "receipt",
                    "transaction",
                    "content-length",
                    "message-id",
                    "subscription",
                    "ack",
                    "redelivered",
                    "delivery-count",
                    "timestamp");

    private static final List<String> SCHEDULED =
            List.of(
                    "AMQ_SCHEDULED_DELAY",
                    "AMQ_SCHEDULED_TIME",
                    "AMQ_SCHEDULED_PERIOD",
                    "AMQ_SCHEDULED_REPEAT",
                    "AMQ_SCHEDULED_CRON");

    private OutgoingHeaders() {}

    /// @throws Refusal if the frame asks for something not built yet
    static void check(ClientFrame.Send send, Target target) throws Refusal {
        for (String name : SCHEDULED) {
            if (send.headers().first(name).isPresent()) {
                throw Refusal.notYet("The header " + name);
            }
        }
        if (target instanceof Target.KafkaTopic
                && send.headers().first("duplicate-id").isPresent()) {
            throw new Refusal(
                    ErrorCode.UNSUPPORTED,
                    "Kafka does not know a repeated message by its duplicate-id.");
        }
    }

    /// @param replyTo what the header `reply-to` stands for; empty where it is a header like others
    static Message message(ClientFrame.Send send, Optional<Target> replyTo) {
        Headers headers = send.headers();
        Map<String, String> kept = LinkedHashMap.newLinkedHashMap(headers.size());
        for (int i = 0; i < headers.size(); i++) {
            if (!NOT_FOR_THE_MESSAGE.contains(headers.name(i))) {
                kept.putIfAbsent(headers.name(i), headers.value(i));
            }
        }
        replyTo.ifPresent(_ -> kept.remove("reply-to"));
        return new Message(kept, send.body(), text(headers, send.body()), replyTo);
    }

    /// Bytes when the body is binary, or has a length and no textual type; else text.
    private static boolean text(Headers headers, ByteBuffer body) {
        boolean declaredText =
                headers.first("content-type").filter(OutgoingHeaders::textual).isPresent();
        boolean declaredBytes = headers.first("content-length").isPresent() && !declaredText;
        return !declaredBytes && Utf8.isValid(body);
    }

    private static boolean textual(String contentType) {
        return contentType.startsWith("text/")
                || contentType.startsWith("application/json")
                || contentType.startsWith("application/xml")
                || contentType.contains("+json")
                || contentType.contains("+xml");
    }
}
