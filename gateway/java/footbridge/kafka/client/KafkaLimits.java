package footbridge.kafka.client;

/// How much of the node the subscriptions at one cluster may use.
///
/// @param members how many of them may be members of groups; positive
/// @param catchUps how many of them may have a consumer of their own at a time because they are
///   behind their topic's shared reader; positive
/// @param snapshotKeys how many keys of all topics together newest records are kept of; positive
/// @param snapshotOctets how much these records may take; positive
public record KafkaLimits(int members, int catchUps, int snapshotKeys, long snapshotOctets) {

    public static final KafkaLimits DEFAULTS = new KafkaLimits(200, 16, 100_000, 64L << 20);

    public KafkaLimits {
        positive("members", members);
        positive("catch-ups", catchUps);
        positive("snapshot-keys", snapshotKeys);
        positive("snapshot-bytes", snapshotOctets);
    }

    public KafkaLimits withMembers(int most) {
        return new KafkaLimits(most, catchUps, snapshotKeys, snapshotOctets);
    }

    public KafkaLimits withCatchUps(int most) {
        return new KafkaLimits(members, most, snapshotKeys, snapshotOctets);
    }

    public KafkaLimits withSnapshots(int keys, long octets) {
        return new KafkaLimits(members, catchUps, keys, octets);
    }

    private static void positive(String setting, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s %d must be 1 or more".formatted(setting, value));
        }
    }
}
