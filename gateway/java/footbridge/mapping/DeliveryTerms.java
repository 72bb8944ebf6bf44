package footbridge.mapping;

import footbridge.backend.Backend;
import footbridge.backend.SlowReader;

/// What a rule says about the messages of a subscription. Two subscriptions of equal terms to one
/// target get the same.
///
/// @param prefetch messages a subscription may hold unaccepted when its client does not say
/// @param nack what becomes of a message that its subscriber refuses; for JMS and groups
/// @param slow what becomes of a client that reads too slowly
/// @param wildcards whether a client may put `*` in the place of a variable; on JMS topics only
/// @param headers how headers are changed on the way to the client
/// @param kafka what it says for Kafka alone
public record DeliveryTerms(
        int prefetch,
        Nack nack,
        SlowReader slow,
        boolean wildcards,
        HeaderTerms headers,
        KafkaTerms kafka) {

    static final DeliveryTerms BUILT_IN =
            new DeliveryTerms(
                    100,
                    Nack.REDELIVER,
                    SlowReader.DISCONNECT,
                    false,
                    HeaderTerms.NONE,
                    KafkaTerms.BUILT_IN);

    public DeliveryTerms with(HeaderTerms changes) {
        return new DeliveryTerms(prefetch, nack, slow, wildcards, changes, kafka);
    }

    /// What of it has a meaning for this target, where `defaults` are for all kinds.
    DeliveryTerms forTarget(TargetTemplate to) {
        boolean jms = to.kind() == Backend.Kind.JMS;
        return new DeliveryTerms(
                prefetch,
                nackAt(to),
                to.slow().contains(slow) ? slow : to.slow().getFirst(),
                jms && wildcards,
                headers,
                kafka(to));
    }

    private KafkaTerms kafka(TargetTemplate to) {
        if (to.kind() == Backend.Kind.JMS) {
            return KafkaTerms.BUILT_IN;
        }
        return to.sharesRecords() ? kafka.forGroup() : kafka.forBroadcast();
    }

    /// A consumer group cannot deliver one record again: what is refused is a dead letter where
    /// there is a place for it, and else a NACK is refused itself.
    private Nack nackAt(TargetTemplate to) {
        if (to.kind() != Backend.Kind.JMS && !to.sharesRecords()) {
            return Nack.REDELIVER;
        }
        boolean buries = to.settlesInOrder() && kafka.deadLetter().isPresent();
        return buries && nack == Nack.REDELIVER ? Nack.DEAD_LETTER : nack;
    }
}
