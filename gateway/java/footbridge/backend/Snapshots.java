package footbridge.backend;

import java.util.List;

/// The newest records of keys that the node keeps of a broker's topics, to begin subscriptions
/// with.
///
/// @param keys how many there are
/// @param octets what they take of the heap, about
/// @param tooLarge topics whose newest records are more than the node may keep, so that
///   subscriptions with a snapshot are refused; sorted
public record Snapshots(int keys, long octets, List<String> tooLarge) {

    public static final Snapshots NONE = new Snapshots(0, 0, List.of());

    public Snapshots {
        tooLarge = List.copyOf(tooLarge);
    }
}
