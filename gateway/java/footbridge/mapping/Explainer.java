package footbridge.mapping;

import footbridge.access.Admission;
import footbridge.access.Grant;
import footbridge.access.Identity;
import footbridge.mapping.Explanation.Answer;
import footbridge.mapping.Explanation.Request;
import footbridge.mapping.Explanation.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Puts into words why a request has the route that it has.
///
/// @param request what the route is for
/// @param answering the rule that answers
/// @param route what it answers
record Explainer(Request request, Optional<MappedRule> answering, Route route) {

    /// @param rules all there are
    Explanation explain(List<MappedRule> rules) {
        Runners runners = Runners.up(rules, request.destination(), answering);
        return new Explanation(
                request,
                route,
                reason(),
                answering.map(this::answer),
                runners.first(),
                runners.unshown());
    }

    private Answer answer(MappedRule mapped) {
        Bindings bound = mapped.destination().bind(request.destination(), request.client());
        List<Variable> variables = new ArrayList<>();
        for (int i = 0; i < bound.names().size(); i++) {
            variables.add(new Variable(bound.names().get(i), bound.values().get(i)));
        }
        for (Part.Personal placeholder : mapped.rule().to().personal()) {
            bound.value(placeholder)
                    .ifPresent(value -> variables.add(new Variable(placeholder.key(), value)));
        }
        return new Answer(mapped.rule(), variables);
    }

    private String reason() {
        return switch (route) {
            case Route.Found(var rule, _, _) -> admitted(rule);
            case Route.Closed _ -> closed();
            case Route.Denied(var rule, _) -> denied(rule);
            case Route.NotMapped _ -> notMapped();
        };
    }

    private String admitted(Rule rule) {
        Admission by = grant(rule).admitting(request.client()).orElseThrow();
        return "%s may %s".formatted(by.words(), request.operation());
    }

    private String closed() {
        return "the rule says '%s: none', so no client may %s"
                .formatted(
                        request.operation().name().toLowerCase(Locale.ROOT), request.operation());
    }

    private String denied(Rule rule) {
        Identity client = request.client();
        if (client.anonymous() && !rule.to().personal().isEmpty()) {
            return "the target holds %s, and nothing is known of an anonymous client"
                    .formatted(rule.to().personal().getFirst());
        }
        String wanted =
                grant(rule).entries().contains(new Admission.LoggedIn())
                        ? "only clients that have logged in may " + request.operation()
                        : "only %s may %s"
                                .formatted(GrantWords.of(grant(rule)), request.operation());
        return "%s, and this client %s".formatted(wanted, standing(client));
    }

    private static String standing(Identity client) {
        if (client.anonymous()) {
            return "is anonymous";
        }
        return client.roles().isEmpty() ? "has no role" : "has " + GrantWords.roles(client.roles());
    }

    private String notMapped() {
        if (answering.isEmpty()) {
            return request.destination().startsWith("/")
                    ? "no rule has a destination that answers for it"
                    : "no rule has a destination that answers for it; all begin with '/'";
        }
        return switch (answering.get().fill(request.destination(), request.client())) {
            case TargetTemplate.Filling.Refused(var why) -> why;
            case TargetTemplate.Filling.Filled _ ->
                    throw new IllegalStateException("a filled target is a route");
        };
    }

    private Grant grant(Rule rule) {
        return rule.grant(request.operation());
    }
}
