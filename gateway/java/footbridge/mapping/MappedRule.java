package footbridge.mapping;

import footbridge.access.Identity;
import footbridge.backend.Target;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// A rule, ready to answer requests.
public final class MappedRule {

    private final Rule rule;
    private final DestinationTemplate destination;

    /// The routes of every request that is let in, where the rule has nothing to fill in.
    private final Map<Operation, Route> fixed = new EnumMap<>(Operation.class);

    public MappedRule(Rule rule, DestinationTemplate destination) {
        this.rule = rule;
        this.destination = destination;
        for (Operation operation : Operation.values()) {
            if (rule.to().fixed() && rule.headers(operation).fixed()) {
                fixed.put(operation, route(operation, "", Bindings.NONE));
            }
        }
    }

    /// Where `defaults` say it, the rules for other targets are not meant.
    boolean takesWildcards() {
        return rule.delivery().wildcards() && rule.to().takesWildcards(destination);
    }

    Rule rule() {
        return rule;
    }

    DestinationTemplate destination() {
        return destination;
    }

    boolean isMoreSpecificThan(MappedRule other) {
        return destination.specificity().compareTo(other.destination.specificity()) < 0;
    }

    /// @param requested a destination the rule answers for
    Route route(Operation operation, String requested, Identity identity) {
        if (!rule.offers(operation)) {
            return new Route.Closed(rule, operation);
        }
        if (!rule.admits(operation, identity)) {
            return new Route.Denied(rule, operation);
        }
        Route known = fixed.get(operation);
        return known != null ? known : route(operation, requested, bind(requested, identity));
    }

    /// @param requested a destination the rule answers for
    TargetTemplate.Filling fill(String requested, Identity identity) {
        return rule.to().fill(bind(requested, identity));
    }

    /// A destination of the rule that may lead to a JMS target, for Mappings to try.
    Optional<String> destinationOf(Target target, Identity identity) {
        return rule.to()
                .nameOf(target)
                .flatMap(rule.to().reversal(destination, identity)::destinationOf);
    }

    private Bindings bind(String requested, Identity identity) {
        return destination.bind(requested, identity);
    }

    private Route route(Operation operation, String requested, Bindings bindings) {
        return switch (rule.to().fill(bindings)) {
            case TargetTemplate.Filling.Filled(var target) ->
                    new Route.Found(rule, target, rule.headers(operation).fill(bindings));
            case TargetTemplate.Filling.Refused _ -> new Route.NotMapped(requested);
        };
    }
}
