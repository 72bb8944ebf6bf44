package footbridge.app.explain;

import static java.util.stream.Collectors.joining;

import footbridge.backend.KafkaUse;
import footbridge.backend.KafkaUse.Choice;
import footbridge.backend.KafkaUse.Sharing;
import footbridge.backend.Target;
import footbridge.mapping.DeliveryTerms;
import footbridge.mapping.KafkaTerms;
import footbridge.mapping.Nack;
import footbridge.mapping.Operation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What a rule says for Kafka alone, beside topic and key, as far as it matters to an operation and
/// to the way in which records are shared: by the keys of the rule files.
record KafkaEffects(Operation operation, Target.KafkaTopic topic, DeliveryTerms delivery) {

    /// What [Guarantees] say in a sentence.
    private static final Set<String> IN_SENTENCES =
            Set.of("filter", "share-group", "group", "replay", "snapshot", "slow", "nack");

    /// For people, where there is something that [Guarantees] do not say.
    Stream<RuleEffects.Line> lines() {
        String words =
                said().stream()
                        .filter(entry -> !IN_SENTENCES.contains(entry.getKey()))
                        .map(entry -> "%s %s".formatted(entry.getKey(), words(entry.getValue())))
                        .collect(joining(", "));
        return words.isEmpty() ? Stream.empty() : Stream.of(new RuleEffects.Line("kafka", words));
    }

    private static String words(Object value) {
        return value instanceof JsonArray list
                ? list.stream().map(Object::toString).collect(joining(" and "))
                : value.toString();
    }

    /// Adds it for programs, where there is something.
    void addTo(JsonObject json) {
        JsonObject said = said();
        if (!said.isEmpty()) {
            json.put("kafka", said);
        }
    }

    private JsonObject said() {
        JsonObject said = new JsonObject();
        switch (operation) {
            case SEND -> addSend(said, topic.use());
            case SUBSCRIBE -> addSubscribe(said);
        }
        return said;
    }

    private static void addSend(JsonObject said, KafkaUse use) {
        use.partition().ifPresent(partition -> said.put("partition", partition));
        use.producer().ifPresent(producer -> said.put("producer", producer));
        if (!use.choices().isEmpty()) {
            said.put(
                    "client-sets",
                    new JsonArray(use.choices().stream().sorted().map(Choice::word).toList()));
        }
    }

    private void addSubscribe(JsonObject said) {
        KafkaTerms terms = delivery.kafka();
        said.put("prefetch", delivery.prefetch()).put("from", terms.from().toString());
        switch (topic.use().sharing()) {
            case Sharing.Broadcast _ -> addBroadcast(said, terms);
            case Sharing.ShareGroup(var group) -> {
                said.put("share-group", group);
                said.put("nack", delivery.nack().word());
                addDeadLetter(said, terms);
                said.put("max-hold", terms.maxHold().toSeconds());
            }
            case Sharing.ConsumerGroup(var group) -> {
                said.put("group", group).put("nack", nackInOrder());
                addDeadLetter(said, terms);
            }
        }
    }

    private void addBroadcast(JsonObject said, KafkaTerms terms) {
        if (!topic.use().filter().isEmpty()) {
            said.put("filter", new JsonObject(Map.copyOf(topic.use().filter())));
        }
        said.put("replay", terms.replay())
                .put("snapshot", terms.snapshot())
                .put("slow", delivery.slow().word());
    }

    private String nackInOrder() {
        return delivery.nack() == Nack.REDELIVER ? "refused" : delivery.nack().word();
    }

    private static void addDeadLetter(JsonObject said, KafkaTerms terms) {
        terms.deadLetter().ifPresent(deadLetters -> said.put("dead-letter", deadLetters));
    }
}
