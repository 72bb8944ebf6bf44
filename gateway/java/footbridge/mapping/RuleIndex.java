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
    }

    Optional<MappedRule> find(String destination) {
        Optional<MappedRule> found = inFull.getOrDefault(destination, Optional.empty());
        if (found.isPresent() || destination.isEmpty()) {
            return found;
        }
        return root.find(destination, 0);
    }
}
