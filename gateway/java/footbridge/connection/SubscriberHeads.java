package footbridge.connection;

import footbridge.backend.Message;
import footbridge.session.SessionAction;
import footbridge.session.Sources;
import footbridge.stomp.SubscriberHead;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The heads of one subscription's messages: one, or with wildcards one for each destination that
/// messages have come from. Confined to the connection's thread.
final class SubscriberHeads {

    private static final int MOST_KEPT = 100;

    private final Connection connection;
    private final SessionAction.Subscribe request;
    private final Optional<SubscriberHead> own;
    private final Map<String, SubscriberHead> others = new HashMap<>();

    SubscriberHeads(Connection connection, SessionAction.Subscribe request) {
        this.connection = connection;
        this.request = request;
        own = Optional.of(head(request.destination()));
    }

    /// Empty if the message is not for this client.
    Optional<SubscriberHead> of(Message message) {
        Optional<Sources> sources = request.look().sources();
        return sources.isEmpty()
                ? own
                : sources.get()
                        .destinationOf(message.headers().getOrDefault(Message.SOURCE, ""))
                        .map(this::kept);
    }

    private SubscriberHead kept(String destination) {
        if (others.size() >= MOST_KEPT) {
            others.clear();
        }
        return others.computeIfAbsent(destination, this::head);
    }

    private SubscriberHead head(String destination) {
        return new SubscriberHead(
                connection.version(),
                request.id(),
                destination,
                request.look().added(),
                connection.id());
    }
}
