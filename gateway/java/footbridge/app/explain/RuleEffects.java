package footbridge.app.explain;

import footbridge.mapping.HeaderMapping;
import footbridge.mapping.Limits;
import footbridge.mapping.MessageTerms;
import footbridge.mapping.Operation;
import footbridge.mapping.Rule;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// What a rule does to the messages of one client, beside leading them somewhere.
record RuleEffects(Operation operation, Rule rule, HeaderMapping headers) {

    /// For people, by the word under which it stands; nothing where the rule says nothing.
    Stream<Line> lines() {
        List<Line> lines = new ArrayList<>();
        headers.set()
                .forEach((name, value) ->
                        lines.add(
                                new Line(
                                        "headers",
                                        "'%s' is set to '%s', whatever else it was"
                                                .formatted(name, value))));
        renamed()
                .forEach(entry ->
                        lines.add(
                                new Line(
                                        "headers",
                                        "'%s' becomes '%s'"
                                                .formatted(entry.getKey(), entry.getValue()))));
        leftOut()
                .forEach(
                        name -> lines.add(new Line("headers", "'%s' is left out".formatted(name))));
        if (operation == Operation.SEND && !message().equals(MessageTerms.NONE)) {
            lines.add(new Line("message", words(message())));
        }
        limits().fieldNames()
                .forEach(name ->
                        lines.add(
                                new Line(
                                        "limit",
                                        "%s %s".formatted(name, limits().getValue(name)))));
        return lines.stream();
    }

    /// A line of an explanation.
    record Line(String head, String text) {}

    private static String words(MessageTerms message) {
        List<String> words = new ArrayList<>();
        if (message.type() != MessageTerms.Type.AUTO) {
            words.add("type " + word(message));
        }
        message.defaults().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry ->
                        words.add(
                                "%s %s%s"
                                        .formatted(
                                                entry.getKey(),
                                                entry.getValue(),
                                                message.fixed().contains(entry.getKey())
                                                        ? " (fixed)"
                                                        : "")));
        return String.join(", ", words);
    }

    /// Adds what there is.
    void addTo(JsonObject json) {
        if (!headers.isEmpty()) {
            JsonObject renamed = new JsonObject();
            renamed().forEach(entry -> renamed.put(entry.getKey(), entry.getValue()));
            json.put(
                    "headers",
                    new JsonObject()
                            .put("set", new JsonObject(Map.copyOf(headers.set())))
                            .put("renamed", renamed)
                            .put("leftOut", new JsonArray(leftOut().toList())));
        }
        if (operation == Operation.SEND && !message().equals(MessageTerms.NONE)) {
            json.put(
                    "message",
                    new JsonObject()
                            .put("type", word(message()))
                            .put("headers", new JsonObject(Map.copyOf(message().defaults())))
                            .put(
                                    "fixed",
                                    new JsonArray(message().fixed().stream().sorted().toList())));
        }
        if (!limits().isEmpty()) {
            json.put("limits", limits());
        }
    }

    private MessageTerms message() {
        return rule.sending().message();
    }

    private static String word(MessageTerms message) {
        return message.type().name().toLowerCase(Locale.ROOT);
    }

    private Stream<Map.Entry<String, String>> renamed() {
        return headers.names().renamed().entrySet().stream().sorted(Map.Entry.comparingByKey());
    }

    private Stream<String> leftOut() {
        return headers.names().hidden().stream()
                .filter(name -> !headers.set().containsKey(name))
                .sorted();
    }

    /// Those of the operation, by the keys of the rule files.
    private JsonObject limits() {
        Limits all = rule.limits();
        JsonObject limits = new JsonObject();
        switch (operation) {
            case SEND -> {
                put(limits, "body", all.body());
                put(limits, "sends-per-second", all.sendsPerSecond());
            }
            case SUBSCRIBE -> put(limits, "subscriptions", all.subscriptions());
        }
        return limits;
    }

    private static void put(JsonObject limits, String name, OptionalInt value) {
        value.ifPresent(number -> limits.put(name, number));
    }
}
