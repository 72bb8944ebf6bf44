package footbridge.session;

import footbridge.access.Identity;
import footbridge.backend.Selection.Durable;
import footbridge.stomp.ClientFrame;
import footbridge.stomp.Headers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The durable subscriptions of one client: what they are called at the broker, and at which.
///
/// The client ID of JMS is made of the user's name and of the `client-id` of CONNECT, so no client
/// can name what is another user's; without a `client-id` it is the user's name and nothing. What
/// is no plain character in either is written as in a URL. Confined to its session.
final class DurableSubscriptions {

    static final int MAX_NAME = 200;

    /// As Artemis, Artemis' older releases and ActiveMQ Classic spell it.
    private static final List<String> NAME =
            List.of(
                    "durable-subscription-name",
                    "durable-subscriber-name",
                    "activemq.subscriptionName");

    /// RabbitMQ's word, and its older one.
    private static final List<String> FLAG = List.of("durable", "persistent");

    private final Identity identity;
    private final Optional<String> clientId;
    private final int limit;
    private final Map<String, Durable> live = new HashMap<>();

    /// Where those are that were used on this connection; the eldest is forgotten at the limit.
    private final Map<Durable, String> backends = new LinkedHashMap<>();

    /// @param clientId the `client-id` of CONNECT
    /// @param limit how many subscriptions the connection may have
    DurableSubscriptions(Identity identity, Optional<String> clientId, int limit) {
        this.identity = identity;
        this.clientId = clientId;
        this.limit = limit;
    }

    /// The `client-id` of CONNECT; empty if there is none, or nothing in it.
    static Optional<String> clientId(ClientFrame.Connect connect) throws Refusal {
        Optional<String> given = connect.headers().first("client-id");
        if (given.filter(text -> text.length() > MAX_NAME).isPresent()) {
            throw new Refusal(
                    ErrorCode.INVALID_HEADER,
                    "The header client-id has at most %d characters.".formatted(MAX_NAME));
        }
        return given.filter(text -> !text.isEmpty());
    }

    /// What marks the messages of this client, so that it can be spared its own.
    static String mark(Identity identity, Optional<String> clientId, String session) {
        return clientId.isPresent() && !identity.anonymous() ? client(identity, clientId) : session;
    }

    /// Whether the client is the same one when it connects again.
    boolean hasClientId() {
        return clientId.isPresent();
    }

    /// The durable subscription that SUBSCRIBE or UNSUBSCRIBE speaks of; empty if of none.
    ///
    /// @param id the client's name for the subscription, by which RabbitMQ's clients mean it
    /// @throws Refusal if this client can have none
    Optional<Durable> named(Headers headers, Optional<String> id) throws Refusal {
        Optional<String> name = name(headers, id);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        if (identity.anonymous()) {
            throw new Refusal(
                    ErrorCode.ACCESS_DENIED,
                    "A durable subscription belongs to a user, and this client has not logged in.");
        }
        if (name.get().isEmpty() || name.get().length() > MAX_NAME) {
            throw new Refusal(
                    ErrorCode.INVALID_HEADER,
                    "The name of a durable subscription has 1 to " + MAX_NAME + " characters.");
        }
        return Optional.of(new Durable(client(identity, clientId), plain(name.get())));
    }

    /// Whether one of the headers names a durable subscription, rather than asking for any.
    static boolean hasName(Headers headers) {
        return NAME.stream().anyMatch(header -> headers.first(header).isPresent());
    }

    private static Optional<String> name(Headers headers, Optional<String> id) throws Refusal {
        for (String header : NAME) {
            if (headers.first(header).isPresent()) {
                return headers.first(header);
            }
        }
        for (String header : FLAG) {
            if (SelectionHeaders.flag(headers, header)) {
                return SelectionHeaders.flag(headers, "auto-delete") ? Optional.empty() : id;
            }
        }
        return Optional.empty();
    }

    void opened(String key, Durable durable, String backend) {
        live.put(key, durable);
        backends.remove(durable);
        backends.put(durable, backend);
        if (backends.size() > limit) {
            backends.remove(backends.keySet().iterator().next());
        }
    }

    /// The durable subscription that a subscription was; empty if it was none.
    Optional<Durable> closed(String key) {
        return Optional.ofNullable(live.remove(key));
    }

    /// The broker of one that was used on this connection.
    Optional<String> backend(Durable durable) {
        return Optional.ofNullable(backends.get(durable));
    }

    private static String client(Identity identity, Optional<String> clientId) {
        return plain(identity.name()) + "/" + clientId.map(DurableSubscriptions::plain).orElse("");
    }

    private static String plain(String text) {
        var plain = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(octet)) {
                plain.append((char) octet);
            } else {
                plain.append("%%%02X".formatted(octet & 0xFF));
            }
        }
        return plain.toString();
    }

    private static boolean isPlain(byte octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || "-_.@=~".indexOf(octet) >= 0;
    }
}
