package footbridge.mapping;

import footbridge.mapping.Explanation.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The rules that came second when a rule was looked for, the nearest first.
///
/// @param first at most [Explanation#MAX_OTHERS]
/// @param unshown how many more there are
record Runners(List<Candidate> first, int unshown) {

    /// A rule that does not answer, and its place among the others.
    ///
    /// @param order the smaller, the nearer; as text, because specificities are texts
    private record Runner(String order, Candidate candidate) {}

    /// @param winner the rule that answers; there is one if any rule matches
    static Runners up(List<MappedRule> rules, String destination, Optional<MappedRule> winner) {
        List<Runner> runners = new ArrayList<>();
        for (MappedRule rule : rules) {
            if (winner.isEmpty() || winner.get() != rule) {
                runner(rule, destination, winner).ifPresent(runners::add);
            }
        }
        runners.sort(Comparator.comparing(Runner::order));
        List<Candidate> first =
                runners.stream().limit(Explanation.MAX_OTHERS).map(Runner::candidate).toList();
        return new Runners(first, runners.size() - first.size());
    }

    private static Optional<Runner> runner(
            MappedRule rule, String destination, Optional<MappedRule> winner) {
        List<Miss> misses = Miss.first(rule.destination(), destination);
        if (misses.isEmpty()) {
            String why = lessSpecific(rule.destination(), winner.orElseThrow().destination());
            String order = "match " + rule.destination().specificity();
            return Optional.of(new Runner(order, new Candidate(rule.rule(), true, why)));
        }
        return Miss.near(rule.destination(), misses)
                .map(miss ->
                        new Runner(
                                "miss %02d %s"
                                        .formatted(
                                                miss.distance(), rule.destination().specificity()),
                                new Candidate(rule.rule(), false, miss.why())));
    }

    /// Both answer for one destination, so they differ before the shorter one ends, in `{rest...}`.
    private static String lessSpecific(DestinationTemplate loser, DestinationTemplate winner) {
        int i = 0;
        while (loser.specificity().charAt(i) == winner.specificity().charAt(i)) {
            i++;
        }
        return "less specific: segment %d is %s, not %s"
                .formatted(i + 1, words(loser.segments().get(i)), words(winner.segments().get(i)));
    }

    private static String words(Segment segment) {
        return switch (segment.kind()) {
            case LITERAL -> "the literal '%s'".formatted(segment.text());
            case MIXED -> "the mixed '%s'".formatted(segment.text());
            case VARIABLE -> "the variable " + segment.text();
            case REST -> "the rest " + segment.text();
        };
    }
}
