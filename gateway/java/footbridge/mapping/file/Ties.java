package footbridge.mapping.file;

import footbridge.mapping.DestinationTemplate;
import footbridge.mapping.Segment;
import footbridge.mapping.Spelling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds rules that answer for the same destination with equal right, so that nobody could say
/// which one holds.
///
/// Templates can tie only if their segments are of equal kind with equal separators and their
/// literal segments are equal; only such groups are compared pair by pair.
public final class Ties {

    private final Faults faults;
    private final Map<String, List<RuleReader.Draft>> groups = new HashMap<>();

    public Ties(Faults faults) {
        this.faults = faults;
    }

    /// Keeps a fault if the rule ties with one before it.
    public void add(RuleReader.Draft draft) {
        List<RuleReader.Draft> group =
                groups.computeIfAbsent(groupOf(draft.destination()), _ -> new ArrayList<>());
        Optional<RuleReader.Draft> earlier =
                group.stream()
                        .filter(other -> tie(other.destination(), draft.destination()))
                        .findFirst();
        earlier.ifPresent(other -> faults.add(draft.place(), complaint(draft, other)));
        group.add(draft);
    }

    private static String complaint(RuleReader.Draft draft, RuleReader.Draft earlier) {
        String text = draft.destination().text();
        if (text.equals(earlier.destination().text())) {
            return "destination %s already has a rule at %s; keep one"
                    .formatted(Spelling.quote(text), earlier.place());
        }
        return "destination %s ties with %s at %s: both answer for the same destinations; make one more specific"
                .formatted(
                        Spelling.quote(text),
                        Spelling.quote(earlier.destination().text()),
                        earlier.place());
    }

    private static String groupOf(DestinationTemplate template) {
        StringBuilder group = new StringBuilder();
        for (Segment segment : template.segments()) {
            group.append(
                    switch (segment.kind()) {
                        case LITERAL, VARIABLE, REST -> segment.pattern();
                        case MIXED -> segment.separator() + "{}-";
                    });
        }
        return group.toString();
    }

    /// @param a of the same group as `b`
    private static boolean tie(DestinationTemplate a, DestinationTemplate b) {
        for (int i = 0; i < a.segments().size(); i++) {
            if (!Overlap.exists(a.segments().get(i), b.segments().get(i))) {
                return false;
            }
        }
        return true;
    }
}
