package footbridge.session;

import footbridge.backend.Delivery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The messages that a client has and has not settled, in the order of their delivery. Bounded by
/// the prefetch of the subscriptions. Confined to its session.
final class HeldMessages {

    private final String prefix;
    private final Map<Long, HeldMessage> byNumber = new HashMap<>();

    /// In the order of their numbers, since each comes after all that are there.
    private final Map<String, Map<Long, HeldMessage>> bySubscription = new HashMap<>();

    /// @param connection the first part of every `message-id`, before the hyphen
    HeldMessages(String connection) {
        this.prefix = connection + "-";
    }

    void add(long number, String subscription, Delivery delivery) {
        var message = new HeldMessage(number, subscription, delivery);
        byNumber.put(number, message);
        bySubscription
                .computeIfAbsent(subscription, _ -> new LinkedHashMap<>())
                .put(number, message);
    }

    /// The message of this `ack` or `message-id` header, if the client holds it and no transaction
    /// is going to settle it.
    Optional<HeldMessage> find(String id) {
        return Optional.ofNullable(byNumber.get(number(id)))
                .filter(held -> held.transaction().isEmpty());
    }

    /// @return -1 if the id is none of ours
    private long number(String id) {
        int digits = id.length() - prefix.length();
        if (!id.startsWith(prefix) || digits < 1 || digits > 18) {
            return -1;
        }
        long number = 0;
        for (int i = prefix.length(); i < id.length(); i++) {
            int digit = id.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /// A message and all before it in its subscription that no transaction is going to settle: what
    /// a cumulative ACK covers, and not one more (K3).
    List<HeldMessage> upTo(HeldMessage last) {
        List<HeldMessage> covered = new ArrayList<>();
        for (HeldMessage held :
                bySubscription.getOrDefault(last.subscription(), Map.of()).values()) {
            if (held.number() > last.number()) {
                break;
            }
            if (held.transaction().isEmpty()) {
                covered.add(held);
            }
        }
        return covered;
    }

    void remove(HeldMessage message) {
        byNumber.remove(message.number());
        Map<Long, HeldMessage> messages = bySubscription.get(message.subscription());
        if (messages != null) {
            messages.remove(message.number());
        }
    }

    /// Forgets a subscription's messages: its broker has them back.
    ///
    /// @return what was forgotten
    List<HeldMessage> removeAll(String subscription) {
        Map<Long, HeldMessage> messages = bySubscription.remove(subscription);
        if (messages == null) {
            return List.of();
        }
        byNumber.keySet().removeAll(messages.keySet());
        return new ArrayList<>(messages.values());
    }
}
