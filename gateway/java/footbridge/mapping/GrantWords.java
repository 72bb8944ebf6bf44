package footbridge.mapping;

import static java.util.stream.Collectors.joining;

import footbridge.access.Admission;
import footbridge.access.Grant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Says in words whom a grant admits.
final class GrantWords {

    private GrantWords() {}

    /// As in `the roles 'desk', 'trader' or the user 'ann'`.
    static String of(Grant grant) {
        List<String> parts = new ArrayList<>();
        List<String> roles = new ArrayList<>();
        for (Admission entry : grant.entries()) {
            if (entry instanceof Admission.Role(var name)) {
                roles.add(name);
            } else {
                parts.add(entry.words());
            }
        }
        if (!roles.isEmpty()) {
            parts.addFirst(roles(roles));
        }
        return parts.size() < 2
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, parts.size() - 1)) + " or " + parts.getLast();
    }

    /// As in `the role 'trader'`.
    static String roles(Collection<String> roles) {
        String word = roles.size() == 1 ? "the role " : "the roles ";
        return roles.stream().sorted().map("'%s'"::formatted).collect(joining(", ", word, ""));
    }
}
