package footbridge.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The rules whose templates begin alike, by the segment that follows.
///
/// @param end the rule whose template ends here
/// @param literals sorted by [Fork#pattern]
record RuleBranch(
        Optional<MappedRule> end,
        List<Fork> literals,
        List<Fork> mixed,
        List<Fork> variables,
        List<Fork> rests) {

    /// One of the segments that can follow, and the rules that go on with it.
    ///
    /// @param pattern [Segment#pattern]: of a literal segment its text, separator and all
    private record Fork(String pattern, Segment segment, RuleBranch next) {}

    /// @param depth how many segments the rules have in common
    static RuleBranch of(List<MappedRule> rules, int depth) {
        Optional<MappedRule> end = Optional.empty();
        Map<String, List<MappedRule>> byPattern = new TreeMap<>();
        for (MappedRule rule : rules) {
            List<Segment> segments = rule.destination().segments();
            if (segments.size() == depth) {
                end = Optional.of(rule);
            } else {
                byPattern
                        .computeIfAbsent(segments.get(depth).pattern(), _ -> new ArrayList<>())
                        .add(rule);
            }
        }
        return of(end, byPattern, depth);
    }

    private static RuleBranch of(
            Optional<MappedRule> end, Map<String, List<MappedRule>> byPattern, int depth) {
        List<Fork> literals = new ArrayList<>();
        List<Fork> mixed = new ArrayList<>();
        List<Fork> variables = new ArrayList<>();
        List<Fork> rests = new ArrayList<>();
        byPattern.forEach((pattern, rules) -> {
            Segment segment = rules.getFirst().destination().segments().get(depth);
            Fork fork = new Fork(pattern, segment, of(rules, depth + 1));
            switch (segment.kind()) {
                case LITERAL -> literals.add(fork);
                case MIXED -> mixed.add(fork);
                case VARIABLE -> variables.add(fork);
                case REST -> rests.add(fork);
            }
        });
        return new RuleBranch(
                end,
                List.copyOf(literals),
                List.copyOf(mixed),
                List.copyOf(variables),
                List.copyOf(rests));
    }

    /// The most specific rule for what is left of a destination.
    ///
    /// @param from where the next segment's separator stands; the length if nothing is left
    Optional<MappedRule> find(String destination, int from) {
        if (from == destination.length()) {
            return end;
        }
        int to = Segment.end(destination, from + 1);
        Optional<MappedRule> found = findLiteral(destination, from, to);
        if (found.isEmpty()) {
            found = findMatching(mixed, destination, from, to);
        }
        if (found.isEmpty()) {
            found = findMatching(variables, destination, from, to);
        }
        return found.isPresent()
                ? found
                : findMatching(rests, destination, from, destination.length());
    }

    /// Binary search, without making a text of the segment.
    private Optional<MappedRule> findLiteral(String destination, int from, int to) {
        int low = 0;
        int high = literals.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            Fork fork = literals.get(middle);
            int order = compare(fork.pattern, destination, from, to);
            if (order == 0) {
                return fork.next.find(destination, to);
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }

    private static Optional<MappedRule> findMatching(
            List<Fork> forks, String destination, int from, int to) {
        Optional<MappedRule> best = Optional.empty();
        for (Fork fork : forks) {
            if (fork.segment.matches(destination, from, to)) {
                Optional<MappedRule> found = fork.next.find(destination, to);
                if (isBetter(found, best)) {
                    best = found;
                }
            }
        }
        return best;
    }

    private static boolean isBetter(Optional<MappedRule> found, Optional<MappedRule> best) {
        return found.isPresent() && (best.isEmpty() || found.get().isMoreSpecificThan(best.get()));
    }

    /// As [String#compareTo] would compare `literal` with that piece of `text`.
    private static int compare(String literal, String text, int from, int to) {
        int length = Math.min(literal.length(), to - from);
        for (int i = 0; i < length; i++) {
            int order = Character.compare(literal.charAt(i), text.charAt(from + i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(literal.length(), to - from);
    }
}
