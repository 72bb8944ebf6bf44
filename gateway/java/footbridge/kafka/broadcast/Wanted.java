package footbridge.kafka.broadcast;

import footbridge.kafka.record.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/// Which records of a topic a subscription gets: those of one key, those whose headers have certain
/// values, or all.
///
/// @param sort what is looked at in a record
/// @param values what must be found there, in the same order
record Wanted(Wanted.Sort sort, List<String> values) {

    /// What is looked at in a record. Subscriptions of one sort are found with one look-up.
    ///
    /// @param headers their names, sorted
    record Sort(boolean byKey, List<String> headers) {

        /// What a record has there; empty if it lacks something.
        Optional<List<String>> of(ConsumerRecord<byte[], byte[]> record, Optional<String> key) {
            if (byKey && key.isEmpty()) {
                return Optional.empty();
            }
            if (headers.isEmpty()) {
                return Optional.of(byKey ? List.of(key.orElseThrow()) : List.of());
            }
            List<String> found = new ArrayList<>(headers.size() + 1);
            if (byKey) {
                found.add(key.orElseThrow());
            }
            for (String name : headers) {
                Header header = record.headers().lastHeader(name);
                Optional<String> value =
                        header == null || header.value() == null
                                ? Optional.empty()
                                : Utf8.text(header.value());
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                found.add(value.get());
            }
            return Optional.of(found);
        }
    }

    static Wanted of(Optional<String> key, Map<String, String> headers) {
        TreeMap<String, String> sorted = new TreeMap<>(headers);
        List<String> values = new ArrayList<>(sorted.size() + 1);
        key.ifPresent(values::add);
        values.addAll(sorted.values());
        return new Wanted(
                new Sort(key.isPresent(), List.copyOf(sorted.keySet())), List.copyOf(values));
    }

    /// The key that all wanted records have, if that is all there is to know of them.
    Optional<String> onlyKey() {
        return sort.byKey() && sort.headers().isEmpty()
                ? Optional.of(values.getFirst())
                : Optional.empty();
    }

    /// @param key what [Records#keyOf] made of the record
    boolean takes(ConsumerRecord<byte[], byte[]> record, Optional<String> key) {
        return sort.of(record, key).filter(values::equals).isPresent();
    }
}
