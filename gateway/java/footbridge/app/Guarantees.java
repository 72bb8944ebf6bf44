package footbridge.app;

import footbridge.backend.KafkaUse.Sharing.ShareGroup;
import footbridge.backend.SlowReader;
import footbridge.backend.Target;
import footbridge.mapping.Operation;
import footbridge.mapping.Rule;

/// What a client can rely on once an operation at a target is confirmed.
final class Guarantees {

    private Guarantees() {}

    static String of(Operation operation, Rule rule, Target target) {
        return switch (operation) {
            case SEND -> ofSend(target) + again(rule);
            case SUBSCRIBE -> ofSubscribe(rule, target);
        };
    }

    private static String ofSend(Target target) {
        return switch (target) {
            case Target.JmsQueue _ -> "It means that the broker has stored the message.";
            case Target.JmsTopic _ ->
                    "It means that the broker has taken the message, and stored it for its durable subscribers. Where nobody subscribes, it is gone.";
            case Target.JmsTemporaryQueue _ ->
                    throw new IllegalStateException("no rule leads to a temporary queue");
            case Target.KafkaTopic topic ->
                    "It means that all in-sync replicas have the record. "
                            + topic.key()
                                    .map(
                                            "Its key is '%s'; records of one key stay in order."
                                                    ::formatted)
                                    .orElse("It has no key, so records may change places.");
        };
    }

    private static String again(Rule rule) {
        return rule.sending().exactlyOnce()
                ? " Sent again with the duplicate-id that it must have, it is stored once."
                : "";
    }

    private static String ofSubscribe(Rule rule, Target target) {
        return switch (target) {
            case Target.JmsQueue _ ->
                    "Each message goes to one subscriber of the queue; what a client leaves unread goes back to it. "
                            + afterNack(rule);
            case Target.JmsTopic _ ->
                    "What is sent from now on, to every subscriber; what comes while a client is away is not kept for it. "
                            + whenSlow(rule);
            case Target.JmsTemporaryQueue _ ->
                    throw new IllegalStateException("no rule leads to a temporary queue");
            case Target.KafkaTopic topic
                    when topic.use().sharing() instanceof ShareGroup(var group) ->
                    "Each record goes to one subscriber of the share group '%s'; what a client leaves unsettled goes to another, counted. %s"
                            .formatted(group, afterNack(rule));
            case Target.KafkaTopic topic ->
                    "What is produced from now on, to every subscriber%s; what comes while a client is away stays in Kafka but is not delivered later. %s"
                            .formatted(
                                    topic.key().map(" (only the key '%s')"::formatted).orElse(""),
                                    whenSlow(rule));
        };
    }

    private static String whenSlow(Rule rule) {
        return rule.delivery().slow() == SlowReader.DROP_OLDEST
                ? "A client that reads too slowly loses the oldest of what waits for it, and the header 'dropped' says how many."
                : "A client that reads too slowly is disconnected.";
    }

    private static String afterNack(Rule rule) {
        return switch (rule.delivery().nack()) {
            case REDELIVER -> "After a NACK the broker redelivers it by its own policy.";
            case DEAD_LETTER -> "After a NACK it goes to the broker's dead letters.";
            case DISCARD -> "After a NACK it is gone.";
        };
    }
}
