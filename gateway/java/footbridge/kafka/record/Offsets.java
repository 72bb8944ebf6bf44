package footbridge.kafka.record;

import java.util.Arrays;

/// Where a reader stands in the partitions of a topic: the offset that is next in each. A partition
/// that it has not heard of is next from its beginning. For one thread at a time.
public final class Offsets {

    private long[] next;

    public Offsets(long... next) {
        this.next = next.clone();
    }

    public int partitions() {
        return next.length;
    }

    public long next(int partition) {
        return partition < next.length ? next[partition] : 0;
    }

    public void set(int partition, long offset) {
        growTo(partition + 1);
        next[partition] = offset;
    }

    /// Moves on to `offset`, or stays when it is further already.
    public void reach(int partition, long offset) {
        set(partition, Math.max(next(partition), offset));
    }

    public void growTo(int partitions) {
        if (partitions > next.length) {
            next = Arrays.copyOf(next, partitions);
        }
    }

    public Offsets copy() {
        return new Offsets(next);
    }

    /// Whether this is as far as `other` in each partition, or further.
    public boolean covers(Offsets other) {
        return missing(other) == 0;
    }

    /// How many offsets lie between this and `target`, where that is further.
    public long missing(Offsets target) {
        long missing = 0;
        for (int partition = 0; partition < target.partitions(); partition++) {
            missing += Math.max(0, target.next(partition) - next(partition));
        }
        return missing;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Offsets that && Arrays.equals(next, that.next);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(next);
    }

    @Override
    public String toString() {
        return Arrays.toString(next);
    }
}
