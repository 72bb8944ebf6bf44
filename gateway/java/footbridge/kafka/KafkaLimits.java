package footbridge.kafka;

/// How much of the node the subscriptions at one cluster may use.
///
/// @param members how many of them may be members of groups; positive
/// @param catchUps how many of them may have a consumer of their own at a time because they are
///   behind their topic's shared reader; positive
public record KafkaLimits(int members, int catchUps) {

    public static final KafkaLimits DEFAULTS = new KafkaLimits(200, 16);

    public KafkaLimits {
        positive("members", members);
        positive("catch-ups", catchUps);
    }

    private static void positive(String setting, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s %d must be 1 or more".formatted(setting, value));
        }
    }
}
