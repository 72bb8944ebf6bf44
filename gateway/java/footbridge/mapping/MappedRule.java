package footbridge.mapping;

import footbridge.access.Identity;
import footbridge.backend.Target;
import java.util.Optional;

/// A rule, ready to answer requests.
final class MappedRule {

    private final Rule rule;
    private final DestinationTemplate destination;

    /// The route of every request that is let in, where the rule has nothing to fill in.
    private final Optional<Route> fixed;

    MappedRule(Rule rule, DestinationTemplate destination) {
        this.rule = rule;
        this.destination = destination;
        this.fixed =
                rule.to().fixed()
                        ? Optional.of(route(rule.to().fill(Bindings.NONE), ""))
                        : Optional.empty();
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
        return fixed.orElseGet(() -> route(fill(requested, identity), requested));
    }

    /// @param requested a destination the rule answers for
    TargetTemplate.Filling fill(String requested, Identity identity) {
        return rule.to().fill(destination.bind(requested, identity));
    }

    /// A destination of the rule that may lead to a JMS target, for Mappings to try.
    Optional<String> destinationOf(Target target, Identity identity) {
        return rule.to()
                .nameOf(target)
                .flatMap(rule.to().reversal(destination, identity)::destinationOf);
    }

    private Route route(TargetTemplate.Filling filling, String requested) {
        return switch (filling) {
            case TargetTemplate.Filling.Filled(var target) -> new Route.Found(rule, target);
            case TargetTemplate.Filling.Refused _ -> new Route.NotMapped(requested);
        };
    }
}
