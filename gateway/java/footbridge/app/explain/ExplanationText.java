package footbridge.app.explain;

import static java.util.stream.Collectors.joining;

import footbridge.access.Identity;
import footbridge.backend.Target;
import footbridge.mapping.Explanation;
import footbridge.mapping.Operation;
import footbridge.mapping.Route;
import footbridge.mapping.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// An explanation for people: a line for each thing, the important ones first.
public final class ExplanationText {

    private final Explanation explanation;
    private final List<String> lines = new ArrayList<>();

    private ExplanationText(Explanation explanation) {
        this.explanation = explanation;
    }

    public static String of(Explanation explanation) {
        return new ExplanationText(explanation).text();
    }

    private String text() {
        line("access", access());
        line("client", client(explanation.request().client()));
        explanation.answer().ifPresent(this::add);
        if (explanation.route() instanceof Route.Found(var rule, var target, var headers)) {
            Operation operation = explanation.request().operation();
            line("target", target(target));
            if (target instanceof Target.KafkaTopic topic) {
                new KafkaEffects(operation, topic, rule.delivery())
                        .lines()
                        .forEach(line -> line(line.head(), line.text()));
            }
            new RuleEffects(operation, rule, headers)
                    .lines()
                    .forEach(line -> line(line.head(), line.text()));
            line(
                    operation == Operation.SEND ? "receipt" : "delivers",
                    Guarantees.of(operation, rule, target));
        }
        for (Explanation.Candidate other : explanation.others()) {
            line("not", "%s; %s".formatted(named(other.rule()), other.reason()));
        }
        if (explanation.unshown() > 0) {
            line("", "and %d more that are as near".formatted(explanation.unshown()));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private void line(String head, String text) {
        lines.add("%-10s%s".formatted(head, text));
    }

    private String access() {
        String verdict =
                switch (explanation.route()) {
                    case Route.Found _ -> "allowed";
                    case Route.NotMapped _ -> "no such destination";
                    case Route.Closed _ -> "closed";
                    case Route.Denied _ -> "denied";
                };
        return "%s: %s".formatted(verdict, explanation.reason());
    }

    private static String client(Identity client) {
        if (client.anonymous()) {
            return "anonymous; let in at all only with footbridge.anonymous=true";
        }
        String roles = client.roles().stream().sorted().collect(joining(", "));
        String claims =
                client.claims().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(claim -> "%s=%s".formatted(claim.getKey(), claim.getValue()))
                        .collect(joining(", "));
        return client.name()
                + (roles.isEmpty() ? ", without a role" : ", roles " + roles)
                + (claims.isEmpty() ? "" : ", claims " + claims);
    }

    private void add(Explanation.Answer answer) {
        line("rule", "%s, to %s".formatted(named(answer.rule()), answer.rule().to()));
        for (Explanation.Variable variable : answer.variables()) {
            line("", "{%s} is '%s'".formatted(variable.name(), variable.value()));
        }
    }

    private static String named(Rule rule) {
        return "%s %s".formatted(rule.origin(), rule.destination());
    }

    private static String target(Target target) {
        return switch (target) {
            case Target.JmsQueue(var broker, var queue, var creation) ->
                    "JMS queue '%s' at '%s'%s".formatted(queue, broker, words(creation));
            case Target.JmsTopic(var broker, var topic, var creation) ->
                    "JMS topic '%s' at '%s'%s".formatted(topic, broker, words(creation));
            case Target.JmsTemporaryQueue _ ->
                    throw new IllegalStateException("no rule leads to a temporary queue");
            case Target.KafkaTopic topic ->
                    "Kafka topic '%s'%s at '%s'%s"
                            .formatted(
                                    topic.topic(),
                                    topic.key().map(", key '%s',"::formatted).orElse(""),
                                    topic.backend(),
                                    words(topic.creation()));
        };
    }

    private static String words(Target.Creation creation) {
        return switch (creation) {
            case NEVER -> "; an ERROR if it does not exist";
            case AUTO -> "; made if it does not exist";
        };
    }
}
