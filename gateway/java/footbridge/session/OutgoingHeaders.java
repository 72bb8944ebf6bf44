package footbridge.session;

import footbridge.backend.Message;
import footbridge.backend.Target;
import footbridge.mapping.Limits;
import footbridge.mapping.MessageTerms;
import footbridge.mapping.Route;
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
                    "authorization",
                    "Authorization",
                    "redelivered",
                    "delivery-count",
                    "timestamp");

    private static final List<String> DELAYED =
            List.of("AMQ_SCHEDULED_DELAY", "AMQ_SCHEDULED_TIME");

    private static final List<String> REPEATED =
            List.of("AMQ_SCHEDULED_PERIOD", "AMQ_SCHEDULED_REPEAT", "AMQ_SCHEDULED_CRON");

    private OutgoingHeaders() {}

    /// @param found the rule; empty for an answer, which goes where its asker waits
    /// @throws Refusal if the frame asks for what the target cannot do, or lacks what the rule
    ///   demands
    static void check(ClientFrame.Send send, Target target, Optional<Route.Found> found)
            throws Refusal {
        refuseEach(REPEATED, send);
        if (target instanceof Target.KafkaTopic) {
            refuseEach(DELAYED, send);
        }
        boolean repeatable = send.headers().first("duplicate-id").isPresent();
        if (!repeatable && found.filter(each -> each.rule().sending().exactlyOnce()).isPresent()) {
            throw new Refusal(
                    ErrorCode.MISSING_HEADER,
                    "A SEND to this destination needs a duplicate-id, so that it can be sent again.");
        }
        if (target instanceof Target.KafkaTopic && repeatable) {
            throw new Refusal(
                    ErrorCode.UNSUPPORTED,
                    "Kafka does not know a repeated message by its duplicate-id.");
        }
        if (target instanceof Target.KafkaTopic topic) {
            KafkaChoices.check(send.headers(), topic);
        }
    }

    private static void refuseEach(List<String> headers, ClientFrame.Send send) throws Refusal {
        for (String name : headers) {
            if (send.headers().first(name).isPresent()) {
                throw Refusal.unsupported("The header " + name + " with this destination");
            }
        }
    }

    /// @param replyTo what the header `reply-to` stands for; empty where it is a header like others
    /// @param found the rule; empty for an answer, which goes where its asker waits
    /// @throws Refusal if the rule does not take such a body
    static Message message(
            ClientFrame.Send send, Optional<Target> replyTo, Optional<Route.Found> found)
            throws Refusal {
        Headers headers = send.headers();
        Map<String, String> kept = LinkedHashMap.newLinkedHashMap(headers.size());
        for (int i = 0; i < headers.size(); i++) {
            if (!NOT_FOR_THE_MESSAGE.contains(headers.name(i))) {
                kept.putIfAbsent(headers.name(i), headers.value(i));
            }
        }
        replyTo.ifPresent(_ -> kept.remove("reply-to"));
        return found.isPresent()
                ? message(send, replyTo, kept, found.get())
                : new Message(kept, send.body(), text(send.headers(), send.body()), replyTo);
    }

    private static Message message(
            ClientFrame.Send send,
            Optional<Target> replyTo,
            Map<String, String> kept,
            Route.Found found)
            throws Refusal {
        checkBody(send, found.rule().limits());
        MessageTerms terms = found.rule().sending().message();
        return new Message(
                terms.complete(found.headers().apply(kept)),
                send.body(),
                text(send, terms.type()),
                replyTo,
                found.headers().isEmpty() ? Set.of() : found.headers().set().keySet());
    }

    private static void checkBody(ClientFrame.Send send, Limits limits) throws Refusal {
        if (limits.body().isPresent() && send.body().remaining() > limits.body().getAsInt()) {
            throw new Refusal(
                    ErrorCode.BODY_TOO_LARGE,
                    "A message to this destination may have %d octets."
                            .formatted(limits.body().getAsInt()));
        }
    }

    private static boolean text(ClientFrame.Send send, MessageTerms.Type type) throws Refusal {
        return switch (type) {
            case AUTO -> text(send.headers(), send.body());
            case BYTES -> false;
            case TEXT -> {
                if (!Utf8.isValid(send.body())) {
                    throw new Refusal(
                            ErrorCode.BODY_NOT_TEXT,
                            "This destination takes text, and the body is not valid UTF-8.");
                }
                yield true;
            }
        };
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
