package footbridge.kafka.client;

import java.util.UUID;

/// How the STOMP transactions of a node are carried out at one cluster.
///
/// @param producers how many can be committed at once; each holds a connection to the cluster
/// @param id what their transactional ids begin with. No two nodes may share it: the later one
///   would fence the earlier one off. With an id that survives a restart, what a node left open
///   when it was killed is rolled back as soon as it is there again, and else after ten seconds
public record TransactionSettings(int producers, String id) {

    public static final int DEFAULT_PRODUCERS = 4;

    public TransactionSettings {
        if (producers < 1) {
            throw new IllegalArgumentException(
                    "transaction-producers %d must be 1 or more".formatted(producers));
        }
        if (id.isBlank()) {
            throw new IllegalArgumentException("transactional-id must not be blank");
        }
    }

    /// With an id of this run of the node.
    public static TransactionSettings defaults() {
        return new TransactionSettings(DEFAULT_PRODUCERS, idOfThisRun());
    }

    public static String idOfThisRun() {
        return "footbridge-" + UUID.randomUUID();
    }
}
