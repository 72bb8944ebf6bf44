package footbridge.kafka.broadcast;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// The subscriptions that a topic's reader serves now, indexed by what they want: a record costs
/// one look-up for each sort of wish, however many keys or subscriptions there are. Guarded by the
/// lock of its [LiveEdge].
final class Audience {

    private final Map<Wanted.Sort, Map<List<String>, Set<Feed>>> bySort = new HashMap<>();

    void add(Feed feed) {
        bySort.computeIfAbsent(feed.wanted().sort(), _ -> new HashMap<>())
                .computeIfAbsent(feed.wanted().values(), _ -> new LinkedHashSet<>())
                .add(feed);
    }

    void remove(Feed feed) {
        bySort.computeIfPresent(
                feed.wanted().sort(),
                (_, byValues) -> {
                    byValues.computeIfPresent(
                            feed.wanted().values(),
                            (_, feeds) -> {
                                feeds.remove(feed);
                                return feeds.isEmpty() ? null : feeds;
                            });
                    return byValues.isEmpty() ? null : byValues;
                });
    }

    /// Records were gone before they could be read.
    void gap() {
        bySort.values()
                .forEach(byValues -> byValues.values().forEach(feeds -> feeds.forEach(Feed::gap)));
    }

    /// Hands a record to everyone who wants it.
    ///
    /// @param key what [Records#keyOf] made of the record
    /// @param maker makes what is handed over, if there is anyone
    void hand(
            ConsumerRecord<byte[], byte[]> record, Optional<String> key, Supplier<Passing> maker) {
        Passing made = null;
        for (Map.Entry<Wanted.Sort, Map<List<String>, Set<Feed>>> sort : bySort.entrySet()) {
            Set<Feed> feeds = feeds(sort, record, key);
            if (feeds != null) {
                made = made == null ? maker.get() : made;
                hand(made, feeds);
            }
        }
    }

    private static @Nullable Set<Feed> feeds(
            Map.Entry<Wanted.Sort, Map<List<String>, Set<Feed>>> sort,
            ConsumerRecord<byte[], byte[]> record,
            Optional<String> key) {
        Optional<List<String>> values = sort.getKey().of(record, key);
        return values.isEmpty() ? null : sort.getValue().get(values.get());
    }

    /// A feed that cannot keep up leaves. It comes back, or is closed, and so [#remove]d, later.
    private static void hand(Passing record, Set<Feed> feeds) {
        feeds.removeIf(feed -> !feed.pass(record));
    }
}
