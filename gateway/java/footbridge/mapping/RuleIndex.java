package footbridge.mapping;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the most specific rule for a destination. A destination that a rule names in full costs
/// one look-up; any other one walk over its segments, in which each branch is visited at most once.
///
/// Immutable, and so safe for any thread.
final class RuleIndex {

    private final Map<String, Optional<MappedRule>> inFull = new HashMap<>();
    private final RuleBranch root;
    private final List<MappedRule> withWildcards;

    /// @param rules no two of them tie
    RuleIndex(List<MappedRule> rules) {
        for (MappedRule rule : rules) {
            if (rule.destination().fixed()) {
                inFull.put(rule.destination().text(), Optional.of(rule));
            }
        }
        List<MappedRule> others =
                rules.stream().filter(rule -> !rule.destination().fixed()).toList();
        this.root = RuleBranch.of(others, 0);
        this.withWildcards = rules.stream().filter(rule -> rule.takesWildcards()).toList();
    }

    /// As [#find], for a client that subscribes: it may use wildcards where a rule says so.
    Optional<MappedRule> find(Operation operation, String destination) {
        if (operation == Operation.SEND
                || withWildcards.isEmpty()
                || !destination.contains(DestinationTemplate.WILDCARD)) {
            return find(destination);
        }
        return withWildcards.stream()
                .filter(rule -> rule.destination().matchesPattern(destination))
                .reduce((best, next) -> next.isMoreSpecificThan(best) ? next : best);
    }

    Optional<MappedRule> find(String destination) {
        Optional<MappedRule> found = inFull.getOrDefault(destination, Optional.empty());
        if (found.isPresent() || destination.isEmpty()) {
            return found;
        }
        return root.find(destination, 0);
    }
}
