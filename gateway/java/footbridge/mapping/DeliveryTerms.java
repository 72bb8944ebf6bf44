package footbridge.mapping;

/// What a rule says about the messages of a subscription. Two subscriptions of equal terms to one
/// target get the same.
///
/// @param prefetch messages a subscription may hold unaccepted when its client does not say
/// @param nack what becomes of a message that its subscriber refuses; only JMS brokers ask
/// @param wildcards whether a client may put `*` in the place of a variable; on JMS topics only
/// @param headers how headers are changed on the way to the client
public record DeliveryTerms(int prefetch, Nack nack, boolean wildcards, HeaderTerms headers) {

    static final DeliveryTerms BUILT_IN =
            new DeliveryTerms(100, Nack.REDELIVER, false, HeaderTerms.NONE);

    DeliveryTerms with(HeaderTerms changes) {
        return new DeliveryTerms(prefetch, nack, wildcards, changes);
    }

    /// What of it has a meaning at a Kafka cluster, where `defaults` are for all kinds.
    DeliveryTerms forKafka() {
        return new DeliveryTerms(prefetch, Nack.REDELIVER, false, headers);
    }
}
