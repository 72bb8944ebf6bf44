package footbridge.mapping;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Which headers of a message go on, and under which names. The same for all clients of a rule, so
/// what it makes of a message can be shared; equal ones make the same.
///
/// @param renamed the names that change, and to what
/// @param hidden the names that end here
public record HeaderNames(Map<String, String> renamed, Set<String> hidden)
        implements UnaryOperator<Map<String, String>> {

    static final HeaderNames UNCHANGED = new HeaderNames(Map.of(), Set.of());

    public HeaderNames {
        renamed = Map.copyOf(renamed);
        hidden = Set.copyOf(hidden);
    }

    public boolean isEmpty() {
        return renamed.isEmpty() && hidden.isEmpty();
    }

    /// A header that is renamed takes the place of one that has that name already.
    @Override
    public Map<String, String> apply(Map<String, String> headers) {
        if (isEmpty()) {
            return headers;
        }
        Map<String, String> changed = LinkedHashMap.newLinkedHashMap(headers.size());
        headers.forEach((name, value) -> {
            if (!renamed.containsKey(name) && !hidden.contains(name)) {
                changed.put(name, value);
            }
        });
        renamed.forEach((from, to) -> {
            String value = headers.get(from);
            if (value != null && !hidden.contains(from) && !hidden.contains(to)) {
                changed.put(to, value);
            }
        });
        return changed;
    }
}
