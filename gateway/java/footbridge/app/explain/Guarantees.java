package footbridge.app.explain;

import static java.util.stream.Collectors.joining;

import footbridge.backend.KafkaUse.Choice;
import footbridge.backend.KafkaUse.Sharing.ConsumerGroup;
import footbridge.backend.KafkaUse.Sharing.ShareGroup;
import footbridge.backend.StartAt;
import footbridge.backend.Target;
import footbridge.mapping.Operation;
import footbridge.mapping.Rule;
import java.util.Map;
import java.util.stream.Stream;

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
                    "It means that all in-sync replicas have the record. " + order(topic);
        };
    }

    private static String order(Target.KafkaTopic topic) {
        String key = topic.key().map("Its key is '%s'. "::formatted).orElse("");
        if (topic.use().partition().isPresent()) {
            return key
                    + "All records go to partition %d and stay in order."
                            .formatted(topic.use().partition().getAsInt());
        }
        if (topic.use().choices().contains(Choice.KEY)) {
            return "Records of one 'kafka-key' stay in order; those without may change places.";
        }
        return key.isEmpty()
                ? "It has no key, so records may change places."
                : key + "Records of one key stay in order.";
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
            case Target.KafkaTopic topic
                    when topic.use().sharing() instanceof ConsumerGroup(var group) ->
                    "Each record goes to one subscriber of the group '%s', in the order of its partition; what a client leaves unsettled comes again, to it or to another. %s"
                            .formatted(group, afterNackInOrder(rule));
            case Target.KafkaTopic topic ->
                    "%s, to every subscriber%s; %s. %s"
                            .formatted(
                                    beginning(rule),
                                    only(topic),
                                    rule.delivery().kafka().replay()
                                            ? "with 'from' a client begins elsewhere, and with 'resume-from' it gets what it has missed, as long as Kafka keeps it"
                                            : "what comes while a client is away stays in Kafka but is not delivered later",
                                    whenSlow(rule));
        };
    }

    private static String only(Target.KafkaTopic topic) {
        String wanted =
                Stream.concat(
                                topic.key().map("the key '%s'"::formatted).stream(),
                                topic.use().filter().entrySet().stream()
                                        .sorted(Map.Entry.comparingByKey())
                                        .map(header ->
                                                "the header '%s' of the value '%s'"
                                                        .formatted(
                                                                header.getKey(),
                                                                header.getValue())))
                        .collect(joining(" and "));
        return wanted.isEmpty() ? "" : " (only %s)".formatted(wanted);
    }

    private static String beginning(Rule rule) {
        return switch (rule.delivery().kafka().from()) {
            case StartAt.Latest _ ->
                    rule.delivery().kafka().snapshot()
                            ? "The newest record of each key, and what is produced from then on"
                            : "What is produced from now on";
            case StartAt.Earliest _ -> "Everything that Kafka still has, and what is produced";
            case StartAt.Offset(var offset) ->
                    "From offset %d of each partition on".formatted(offset);
            case StartAt.Timestamp(var instant) -> "What was produced since %s".formatted(instant);
            case StartAt.Last(var count) ->
                    "The last %d offsets of each partition, and what is produced".formatted(count);
        };
    }

    private static String whenSlow(Rule rule) {
        return switch (rule.delivery().slow()) {
            case DISCONNECT -> "A client that reads too slowly is disconnected.";
            case DROP_OLDEST ->
                    "A client that reads too slowly loses the oldest of what waits for it, and the header 'dropped' says how many.";
            case CONFLATE ->
                    "A client that reads too slowly gets only the newest of each key of what waits for it, and the header 'dropped' says how many it did not get.";
            case PAUSE -> "A client that reads too slowly gets the rest from Kafka later.";
        };
    }

    private static String afterNackInOrder(Rule rule) {
        return switch (rule.delivery().nack()) {
            case REDELIVER -> "A NACK is refused.";
            case DEAD_LETTER ->
                    rule.delivery()
                            .kafka()
                            .deadLetter()
                            .map("After a NACK it goes to the topic '%s'."::formatted)
                            .orElse("A NACK is refused.");
            case DISCARD -> "After a NACK it is gone.";
        };
    }

    private static String afterNack(Rule rule) {
        return switch (rule.delivery().nack()) {
            case REDELIVER -> "After a NACK the broker redelivers it by its own policy.";
            case DEAD_LETTER -> "After a NACK it goes to the broker's dead letters.";
            case DISCARD -> "After a NACK it is gone.";
        };
    }
}
