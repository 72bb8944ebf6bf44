package footbridge.mapping;

import footbridge.access.Identity;
import footbridge.backend.Target;
import java.util.List;
import java.util.Optional;

/// The rules of a folder of rule files, and the way from a destination to its target.
///
/// Immutable, and so safe for any thread.
public final class Mappings {

    private final List<MappedRule> mapped;
    private final List<Rule> rules;
    private final RuleIndex index;

    /// @param mapped rules of which no two tie
    public Mappings(List<MappedRule> mapped) {
        this.mapped = List.copyOf(mapped);
        this.rules = mapped.stream().map(MappedRule::rule).toList();
        this.index = new RuleIndex(mapped);
    }

    /// The rules in the order of files and lines.
    public List<Rule> rules() {
        return rules;
    }

    /// Where the destination leads. Never blocks; does not fail on whatever a client may send.
    public Route route(Operation operation, String destination, Identity identity) {
        Optional<MappedRule> mapped = index.find(operation, destination);
        return mapped.isPresent()
                ? mapped.get().route(operation, destination, identity)
                : new Route.NotMapped(destination);
    }

    /// A destination by which the client may SEND to a JMS queue or topic; empty if no rule has one
    /// for it. Looks at all rules of the target's broker.
    public Optional<String> destinationOf(Target target, Identity identity) {
        return destinationOf(Operation.SEND, target, identity);
    }

    /// A destination by which the client may do this with a JMS queue or topic; empty if no rule
    /// has one for it. Looks at all rules of the target's broker.
    public Optional<String> destinationOf(Operation operation, Target target, Identity identity) {
        for (MappedRule rule : mapped) {
            Optional<String> guess = rule.destinationOf(target, identity);
            if (guess.isPresent() && leads(operation, guess.get(), target, identity)) {
                return guess;
            }
        }
        return Optional.empty();
    }

    private boolean leads(
            Operation operation, String destination, Target target, Identity identity) {
        return route(operation, destination, identity) instanceof Route.Found(var rule, var to, _)
                && rule.to().nameOf(to).equals(rule.to().nameOf(target));
    }

    /// Why [#route] answers what it answers. Looks at all rules, so it is for people and not for
    /// traffic.
    public Explanation explain(Operation operation, String destination, Identity identity) {
        Explanation.Request request = new Explanation.Request(operation, destination, identity);
        Route route = route(operation, destination, identity);
        return new Explainer(request, index.find(operation, destination), route).explain(mapped);
    }
}
