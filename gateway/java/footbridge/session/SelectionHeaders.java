package footbridge.session;

import footbridge.backend.Selection;
import footbridge.backend.Target;
import footbridge.stomp.AckMode;
import footbridge.stomp.ClientFrame;
import footbridge.stomp.Headers;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a SUBSCRIBE wants of the messages of a JMS queue or topic: `selector`, `no-local`,
/// `browser`, and the names of durable subscriptions. What the target cannot do is refused (S9).
final class SelectionHeaders {

    private static final List<String> NO_LOCAL = List.of("no-local", "activemq.noLocal");

    /// The forms that bodies have without asking, as ActiveMQ Classic calls them.
    private static final Set<String> SHOWN = Set.of("jms-json", "jms-map-json", "jms-byte");

    private SelectionHeaders() {}

    static Selection selection(
            ClientFrame.Subscribe subscribe, Target target, DurableSubscriptions durables)
            throws Refusal {
        Headers headers = subscribe.headers();
        if (headers.first("transformation").filter(wanted -> !SHOWN.contains(wanted)).isPresent()) {
            throw Refusal.unsupported("That transformation of bodies");
        }
        boolean topic = target instanceof Target.JmsTopic;
        Optional<String> selector = headers.first("selector").filter(text -> !text.isBlank());
        if (selector.isPresent() && target instanceof Target.KafkaTopic) {
            throw Refusal.unsupported("A selector on Kafka");
        }
        boolean noLocal = noLocal(headers);
        if (noLocal && !topic) {
            throw Refusal.unsupported("no-local on anything but a JMS topic");
        }
        boolean browse = flag(headers, "browser");
        if (browse) {
            checkBrowse(subscribe, target);
        }
        if (DurableSubscriptions.hasName(headers) && !topic) {
            throw Refusal.unsupported("A durable subscription of anything but a JMS topic");
        }
        Optional<Selection.Durable> durable =
                topic ? durables.named(headers, subscribe.id()) : Optional.empty();
        if (noLocal && durable.isPresent() && !durables.hasClientId()) {
            throw new Refusal(
                    ErrorCode.INVALID_HEADER,
                    "no-local on a durable subscription needs the header client-id in CONNECT.");
        }
        return new Selection(selector, noLocal, browse, durable);
    }

    /// A temporary queue has answers to one client and nothing to choose from.
    static void checkNone(Headers headers) throws Refusal {
        if (headers.first("selector").isPresent()
                || noLocal(headers)
                || flag(headers, "browser")
                || DurableSubscriptions.hasName(headers)) {
            throw Refusal.unsupported("To choose from the messages of a temporary queue");
        }
    }

    private static void checkBrowse(ClientFrame.Subscribe subscribe, Target target) throws Refusal {
        if (!(target instanceof Target.JmsQueue)) {
            throw Refusal.unsupported("browser on anything but a JMS queue");
        }
        if (subscribe.ackMode() != AckMode.AUTO) {
            throw Refusal.unsupported("browser together with an ack mode other than auto");
        }
    }

    private static boolean noLocal(Headers headers) throws Refusal {
        for (String name : NO_LOCAL) {
            if (flag(headers, name)) {
                return true;
            }
        }
        return false;
    }

    /// @throws Refusal if the header is neither `true` nor `false`
    static boolean flag(Headers headers, String name) throws Refusal {
        String value = headers.first(name).orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            throw new Refusal(
                    ErrorCode.INVALID_HEADER,
                    "The header %s must be true or false.".formatted(name));
        }
        return value.equals("true");
    }
}
