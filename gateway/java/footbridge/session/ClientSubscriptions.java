package footbridge.session;

import footbridge.backend.Settlement.Outcome;
import footbridge.mapping.Route;
import footbridge.mapping.Rule;
import footbridge.stomp.AckMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// The subscriptions of one session. Confined to it.
final class ClientSubscriptions {

    private final int limit;
    private final Map<String, Entry> byKey = new HashMap<>();

    /// What the session knows of a subscription.
    ///
    /// @param nack what its rule does with a message that the client refuses
    /// @param routed how it came to its target; empty where no rule led there
    record Entry(
            String key, AckMode ackMode, String backend, Outcome nack, Optional<Routed> routed) {

        Entry(String key, AckMode ackMode, String backend, Outcome nack) {
            this(key, ackMode, backend, nack, Optional.empty());
        }

        /// Its part in a transaction that settles messages of it.
        Transaction.Member member(Outcome outcome) {
            String verb = outcome == Outcome.ACKNOWLEDGED ? "ACK " : "NACK ";
            return new Transaction.Member(
                    backend,
                    verb + routed.map(Routed::destination).orElse(key),
                    routed.filter(r -> r.found().rule().bestEffort()).isPresent());
        }

        /// Whether its rule has a topic of Kafka for dead letters.
        boolean buries() {
            return routed.filter(r -> r.found().rule().delivery().kafka().deadLetter().isPresent())
                    .isPresent();
        }
    }

    /// @param found what the rules said of the destination
    record Routed(String destination, Route.Found found) {

        boolean by(Rule rule) {
            return found.rule().destination().equals(rule.destination());
        }
    }

    ClientSubscriptions(int limit) {
        this.limit = limit;
    }

    /// U2: a 1.0 subscription without an id goes by its destination.
    static String key(Optional<String> id, String destination) {
        return id.map(value -> "id " + value).orElse("destination " + destination);
    }

    /// Makes sure that one more subscription, of this key, may be.
    void checkFree(String key) throws Refusal {
        if (byKey.containsKey(key)) {
            throw new Refusal(
                    ErrorCode.SUBSCRIPTION_IN_USE,
                    "This connection already has a subscription of that id.");
        }
        if (byKey.size() >= limit) {
            throw new Refusal(
                    ErrorCode.TOO_MANY_SUBSCRIPTIONS,
                    "A connection may have " + limit + " subscriptions.");
        }
    }

    /// Makes sure that one more subscription under this rule may be.
    void checkRoom(Rule rule) throws Refusal {
        OptionalInt most = rule.limits().subscriptions();
        if (most.isPresent() && ofRule(rule) >= most.getAsInt()) {
            throw new Refusal(
                    ErrorCode.TOO_MANY_SUBSCRIPTIONS,
                    "A connection may have %d subscriptions to destinations of this kind."
                            .formatted(most.getAsInt()));
        }
    }

    private long ofRule(Rule rule) {
        return byKey.values().stream()
                .filter(entry -> entry.routed().filter(routed -> routed.by(rule)).isPresent())
                .count();
    }

    /// All of them now.
    List<Entry> all() {
        return List.copyOf(byKey.values());
    }

    /// From now on the subscription is held against what the rules say now.
    void refresh(Entry entry, Routed now) {
        byKey.put(
                entry.key(),
                new Entry(
                        entry.key(),
                        entry.ackMode(),
                        entry.backend(),
                        entry.nack(),
                        Optional.of(now)));
    }

    void add(Entry entry) {
        byKey.put(entry.key(), entry);
    }

    /// It is known now at which broker a subscription is.
    void moved(String key, String backend) {
        byKey.computeIfPresent(
                key,
                (_, entry) ->
                        new Entry(key, entry.ackMode(), backend, entry.nack(), entry.routed()));
    }

    /// The id of a subscription's rule, where one led to it.
    String ruleOf(String key) {
        return Optional.ofNullable(byKey.get(key))
                .flatMap(Entry::routed)
                .map(routed -> routed.found().rule().id())
                .orElse(SessionAction.NO_RULE);
    }

    boolean has(String key) {
        return byKey.containsKey(key);
    }

    Entry remove(String key) throws Refusal {
        Entry entry = byKey.remove(key);
        if (entry == null) {
            throw new Refusal(
                    ErrorCode.UNKNOWN_SUBSCRIPTION, "This connection has no such subscription.");
        }
        return entry;
    }

    /// The subscription of a message that the client holds.
    Entry get(String key) {
        return Objects.requireNonNull(byKey.get(key), "a held message without subscription");
    }
}
