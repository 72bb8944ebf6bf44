package footbridge.backend;

/// How a subscription wants its messages.
///
/// @param prefetch how many messages may be with the client, not settled yet; positive
/// @param acknowledgement who settles them
/// @param selection which of them; on JMS only
/// @param kafka how a Kafka topic is read; on Kafka only
/// @param slow what becomes of a client that reads too slowly, where its reader serves others too
public record SubscribeOptions(
        int prefetch,
        Acknowledgement acknowledgement,
        Selection selection,
        KafkaReading kafka,
        SlowReader slow) {

    public SubscribeOptions {
        if (prefetch < 1) {
            throw new IllegalArgumentException("prefetch " + prefetch + " must be positive");
        }
    }

    public SubscribeOptions(int prefetch, Acknowledgement acknowledgement, Selection selection) {
        this(prefetch, acknowledgement, selection, KafkaReading.PLAIN, SlowReader.DISCONNECT);
    }

    /// Every message.
    public SubscribeOptions(int prefetch, Acknowledgement acknowledgement) {
        this(prefetch, acknowledgement, Selection.ALL);
    }

    public SubscribeOptions with(KafkaReading reading) {
        return new SubscribeOptions(prefetch, acknowledgement, selection, reading, slow);
    }

    public SubscribeOptions with(SlowReader other) {
        return new SubscribeOptions(prefetch, acknowledgement, selection, kafka, other);
    }

    /// Settled by the gateway when written.
    public static SubscribeOptions automatic(int prefetch) {
        return new SubscribeOptions(prefetch, Acknowledgement.AUTOMATIC);
    }
}
