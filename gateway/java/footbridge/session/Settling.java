package footbridge.session;

import footbridge.backend.KafkaUse.Sharing;
import footbridge.backend.Settlement.Outcome;
import footbridge.backend.Target;
import footbridge.stomp.AckMode;
import footbridge.stomp.Headers;
import java.util.List;

/// What the target of a subscription allows its clients to do with messages. What it does not is
/// refused at the frame that asks for it.
enum Settling {
    /// Each message for itself, within transactions too.
    EXACT,
    /// Each message for itself, but at once: Kafka has no transaction that spans the
    /// acknowledgements of a share group.
    AT_ONCE,
    /// Messages in their order alone, because a consumer group keeps an offset, and a NACK only
    /// where it has a place for what is refused.
    IN_ORDER,
    /// Nothing is stored: an ACK says that the client has room for another message, and nothing
    /// comes again.
    FLOW_ONLY;

    private static final List<String> DELAYS = List.of("AMQ_SCHEDULED_DELAY", "AMQ_SCHEDULED_TIME");

    static Settling of(ClientSubscriptions.Entry subscription) {
        return subscription.routed().map(routed -> of(routed.found().target())).orElse(EXACT);
    }

    private static Settling of(Target target) {
        if (!(target instanceof Target.KafkaTopic topic)) {
            return EXACT;
        }
        return switch (topic.use().sharing()) {
            case Sharing.ShareGroup _ -> AT_ONCE;
            case Sharing.ConsumerGroup _ -> IN_ORDER;
            case Sharing.Broadcast _ -> FLOW_ONLY;
        };
    }

    /// Makes sure that messages of the target may be acknowledged in this way.
    static void checkMode(AckMode mode, Target target) throws Refusal {
        if (mode == AckMode.CLIENT_INDIVIDUAL && of(target) == IN_ORDER) {
            throw new Refusal(
                    ErrorCode.UNSUPPORTED,
                    "A Kafka consumer group acknowledges cumulatively: use the ack mode client, or a destination with a share group.");
        }
    }

    /// Makes sure that an ACK or NACK may be part of a transaction.
    void checkTransacted(Outcome outcome) throws Refusal {
        if (this == AT_ONCE) {
            throw new Refusal(
                    ErrorCode.UNSUPPORTED,
                    "A message of a Kafka share group cannot be settled in a transaction; settle it without.");
        }
        if (this == FLOW_ONLY) {
            throw new Refusal(
                    ErrorCode.UNSUPPORTED,
                    "An ACK of a Kafka topic without a group stores nothing, so it cannot be part of a transaction.");
        }
        if (this == IN_ORDER && outcome != Outcome.ACKNOWLEDGED) {
            throw new Refusal(
                    ErrorCode.UNSUPPORTED,
                    "A message of a Kafka consumer group cannot be refused in a transaction; send the NACK without.");
        }
    }

    /// Makes sure that a NACK does not ask for a delay where there is none.
    void checkDelay(Headers headers) throws Refusal {
        if (this != EXACT && DELAYS.stream().anyMatch(each -> headers.first(each).isPresent())) {
            throw new Refusal(
                    ErrorCode.UNSUPPORTED,
                    "Kafka delivers again at once or not at all; leave the delay out of the NACK.");
        }
    }

    /// Makes sure that there is a way to refuse a message.
    ///
    /// @param buries whether the rule has a topic for dead letters
    void checkRefused(Outcome outcome, boolean buries) throws Refusal {
        if (this == FLOW_ONLY) {
            throw new Refusal(
                    ErrorCode.UNSUPPORTED,
                    "A message of a Kafka topic without a group goes to every subscriber and cannot be refused.");
        }
        boolean redeliver = outcome == Outcome.REDELIVER;
        if (this == IN_ORDER && (redeliver || (outcome == Outcome.DEAD_LETTER && !buries))) {
            throw new Refusal(
                    ErrorCode.UNSUPPORTED,
                    "A Kafka consumer group cannot deliver one message again, and this one has no topic for dead letters.");
        }
    }
}
