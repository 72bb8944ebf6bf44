package footbridge.session;

import footbridge.backend.KafkaUse.Sharing;
import footbridge.backend.Target;

/// What the target of a subscription allows its clients to do with messages. What it does not is
/// refused at the frame that asks for it.
enum Settling {
    /// Each message for itself, within transactions too.
    EXACT,
    /// Each message for itself, but at once: Kafka has no transaction that spans the
    /// acknowledgements of a share group.
    AT_ONCE;

    static Settling of(ClientSubscriptions.Entry subscription) {
        return subscription.routed().map(routed -> of(routed.found().target())).orElse(EXACT);
    }

    private static Settling of(Target target) {
        return target instanceof Target.KafkaTopic topic
                        && topic.use().sharing() instanceof Sharing.ShareGroup
                ? AT_ONCE
                : EXACT;
    }

    /// Makes sure that an ACK or NACK may be part of a transaction.
    void checkTransacted() throws Refusal {
        if (this == AT_ONCE) {
            throw new Refusal(
                    ErrorCode.UNSUPPORTED,
                    "A message of a Kafka share group cannot be settled in a transaction; settle it without.");
        }
    }
}
