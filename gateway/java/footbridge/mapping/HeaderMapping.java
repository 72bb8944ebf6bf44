package footbridge.mapping;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a rule does to the headers of the messages of one client, in one direction.
///
/// @param set headers that the rule sets, in its order; [#names] hides all others of these names
public record HeaderMapping(Map<String, String> set, HeaderNames names) {

    static final HeaderMapping NONE = new HeaderMapping(Map.of(), HeaderNames.UNCHANGED);

    public HeaderMapping {
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
    }

    public boolean isEmpty() {
        return set.isEmpty() && names.isEmpty();
    }

    /// The headers as they go on; the same map where the rule says nothing.
    public Map<String, String> apply(Map<String, String> headers) {
        if (isEmpty()) {
            return headers;
        }
        Map<String, String> changed = new LinkedHashMap<>(names.apply(headers));
        changed.putAll(set);
        return changed;
    }
}
