package footbridge.mapping;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Which records of a Kafka topic a rule is about.
///
/// @param key what a SEND sets as the record's key and a SUBSCRIBE filters by
/// @param filter headers that a record must have for a SUBSCRIBE to get it
public record RecordTemplate(Optional<TextTemplate> key, Map<String, TextTemplate> filter) {

    /// Any record.
    static final RecordTemplate ANY = new RecordTemplate(Optional.empty(), Map.of());

    Stream<TextTemplate> texts() {
        return Stream.concat(key.stream(), filter.values().stream());
    }

    Map<String, String> filledFilter(Bindings bindings) {
        Map<String, String> filled = new LinkedHashMap<>();
        filter.forEach((name, value) -> filled.put(name, value.fill(bindings)));
        return filled;
    }

    /// In words, behind those of the topic.
    @Override
    public String toString() {
        String headers =
                filter.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(entry -> "%s=%s".formatted(entry.getKey(), entry.getValue()))
                        .collect(joining(" "));
        return key.map(", key %s"::formatted).orElse("")
                + (headers.isEmpty() ? "" : ", filter " + headers);
    }
}
