package footbridge.app.explain;

import footbridge.access.Identity;
import footbridge.backend.Target;
import footbridge.mapping.Explanation;
import footbridge.mapping.Route;
import footbridge.mapping.Rule;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An explanation for programs. A key whose value is not known is left out.
public final class ExplanationJson {

    private ExplanationJson() {}

    public static JsonObject of(Explanation explanation) {
        Explanation.Request request = explanation.request();
        JsonObject json =
                new JsonObject()
                        .put("operation", request.operation().name())
                        .put("destination", request.destination())
                        .put("client", client(request.client()))
                        .put("allowed", explanation.allowed())
                        .put("verdict", verdict(explanation.route()))
                        .put("reason", explanation.reason());
        explanation.answer().ifPresent(answer -> put(json, answer));
        if (explanation.route() instanceof Route.Found(var rule, var target, var headers)) {
            json.put("target", target(target));
            json.put("guarantees", Guarantees.of(request.operation(), rule, target));
            if (target instanceof Target.KafkaTopic topic) {
                new KafkaEffects(request.operation(), topic, rule.delivery()).addTo(json);
            }
            new RuleEffects(request.operation(), rule, headers).addTo(json);
        }
        return json.put("others", others(explanation.others()))
                .put("unshown", explanation.unshown());
    }

    private static JsonObject client(Identity client) {
        JsonArray roles = new JsonArray(client.roles().stream().sorted().toList());
        JsonObject claims = new JsonObject();
        client.claims().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(claim -> claims.put(claim.getKey(), claim.getValue()));
        return new JsonObject()
                .put("user", client.name())
                .put("roles", roles)
                .put("claims", claims)
                .put("anonymous", client.anonymous());
    }

    private static String verdict(Route route) {
        return switch (route) {
            case Route.Found _ -> "found";
            case Route.NotMapped _ -> "not-mapped";
            case Route.Closed _ -> "closed";
            case Route.Denied _ -> "denied";
        };
    }

    private static void put(JsonObject json, Explanation.Answer answer) {
        Rule rule = answer.rule();
        JsonObject variables = new JsonObject();
        answer.variables().forEach(variable -> variables.put(variable.name(), variable.value()));
        json.put(
                        "rule",
                        new JsonObject()
                                .put("at", rule.origin())
                                .put("destination", rule.destination())
                                .put("to", rule.to().toString()))
                .put("variables", variables);
    }

    private static JsonObject target(Target target) {
        JsonObject json = new JsonObject().put("broker", target.backend());
        return switch (target) {
            case Target.JmsQueue queue ->
                    json.put("kind", "jms-queue")
                            .put("name", queue.queue())
                            .put("create", word(queue.creation()));
            case Target.JmsTopic topic ->
                    json.put("kind", "jms-topic")
                            .put("name", topic.topic())
                            .put("create", word(topic.creation()));
            case Target.JmsTemporaryQueue _ ->
                    throw new IllegalStateException("no rule leads to a temporary queue");
            case Target.KafkaTopic topic -> {
                json.put("kind", "kafka-topic").put("name", topic.topic());
                topic.key().ifPresent(key -> json.put("key", key));
                yield json.put("create", word(topic.creation()));
            }
        };
    }

    private static String word(Target.Creation creation) {
        return creation.name().toLowerCase(Locale.ROOT);
    }

    private static JsonArray others(List<Explanation.Candidate> candidates) {
        JsonArray others = new JsonArray();
        for (Explanation.Candidate candidate : candidates) {
            others.add(
                    new JsonObject()
                            .put("at", candidate.rule().origin())
                            .put("destination", candidate.rule().destination())
                            .put("matches", candidate.matches())
                            .put("reason", candidate.reason()));
        }
        return others;
    }
}
