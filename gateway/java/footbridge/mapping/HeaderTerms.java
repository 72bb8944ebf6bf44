package footbridge.mapping;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a rule's `headers` say for one direction.
///
/// @param set headers with a value of the rule's; nobody else can set them
/// @param renamed the name that a header has, and the one that it gets
/// @param dropped headers that do not go on
public record HeaderTerms(
        Map<String, String> renamed, Set<String> dropped, List<HeaderTerms.Setting> set) {

    static final HeaderTerms NONE = new HeaderTerms(Map.of(), Set.of(), List.of());

    private static final int LONGEST_VALUE = 1_000;

    /// A header and its value.
    public record Setting(String name, TextTemplate value) {}

    public HeaderTerms {
        renamed = Map.copyOf(renamed);
        dropped = Set.copyOf(dropped);
        set = List.copyOf(set);
    }

    /// With what `more` says; where both say something of one header, `more` is right.
    public HeaderTerms with(HeaderTerms more) {
        Map<String, String> names = new LinkedHashMap<>(renamed);
        names.putAll(more.renamed);
        Set<String> without = new LinkedHashSet<>(dropped);
        without.addAll(more.dropped);
        Map<String, Setting> values = new LinkedHashMap<>();
        set.forEach(setting -> values.put(setting.name(), setting));
        more.set.forEach(setting -> values.put(setting.name(), setting));
        return new HeaderTerms(names, without, List.copyOf(values.values()));
    }

    /// Whether every request gets the same.
    boolean fixed() {
        return set.stream().allMatch(setting -> setting.value().fixed());
    }

    /// What it means for one request.
    HeaderMapping fill(Bindings bindings) {
        if (equals(NONE)) {
            return HeaderMapping.NONE;
        }
        Map<String, String> values = LinkedHashMap.newLinkedHashMap(set.size());
        for (Setting setting : set) {
            value(setting.value(), bindings).ifPresent(value -> values.put(setting.name(), value));
        }
        return new HeaderMapping(values, names());
    }

    private HeaderNames names() {
        Set<String> hidden = new LinkedHashSet<>(dropped);
        set.forEach(setting -> hidden.add(setting.name()));
        return new HeaderNames(renamed, hidden);
    }

    /// Empty if something is not known of the client, or could not stand in a header.
    private static Optional<String> value(TextTemplate template, Bindings bindings) {
        for (Part.Personal placeholder : template.personal()) {
            if (bindings.value(placeholder).filter(HeaderTerms::fits).isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(template.fill(bindings));
    }

    private static boolean fits(String value) {
        return value.length() <= LONGEST_VALUE && value.chars().noneMatch(Character::isISOControl);
    }
}
