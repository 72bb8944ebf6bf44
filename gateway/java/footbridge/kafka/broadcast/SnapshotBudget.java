package footbridge.kafka.broadcast;

import footbridge.kafka.client.KafkaLimits;

/// How much the newest records of all topics of a cluster take together, and may take. Safe for use
/// by any thread.
public final class SnapshotBudget {

    private final int mostKeys;
    private final long mostOctets;
    private int keys;
    private long octets;

    public SnapshotBudget(KafkaLimits limits) {
        this.mostKeys = limits.snapshotKeys();
        this.mostOctets = limits.snapshotOctets();
    }

    /// @return whether there was room
    synchronized boolean take(int moreKeys, long moreOctets) {
        if (keys + moreKeys > mostKeys || octets + moreOctets > mostOctets) {
            return false;
        }
        keys += moreKeys;
        octets += moreOctets;
        return true;
    }

    synchronized void giveBack(int fewerKeys, long fewerOctets) {
        keys -= fewerKeys;
        octets -= fewerOctets;
    }

    /// How many keys are kept now.
    synchronized int keys() {
        return keys;
    }
}
