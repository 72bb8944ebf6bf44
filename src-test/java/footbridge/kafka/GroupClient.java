package footbridge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Delivery;
import footbridge.backend.KafkaUse;
import footbridge.backend.KafkaUse.Sharing.ConsumerGroup;
import footbridge.backend.Message;
import footbridge.backend.Settlement;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscription;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.KafkaTopic;
import footbridge.backend.TransactedSend;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A client that has subscribed to a topic in the consumer group `g-TOPIC`.
final class GroupClient {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Received received = new Received();
    private final BackendSession session;
    private final Subscription subscription;
    private int next;

    GroupClient(KafkaBackend backend, String topic, SubscribeOptions options) throws Exception {
        this(backend.open(), topic, options);
    }

    private GroupClient(BackendSession session, String topic, SubscribeOptions options)
            throws Exception {
        this.session = session;
        this.subscription = session.subscribe(target(topic), options, received);
    }

    /// Another subscription of the same connection.
    GroupClient also(String topic, SubscribeOptions options) throws Exception {
        return new GroupClient(session, topic, options);
    }

    static KafkaTopic target(String topic) {
        return new KafkaTopic(
                "kafka",
                topic,
                Optional.empty(),
                Creation.NEVER,
                KafkaUse.PLAIN.with(new ConsumerGroup("g-" + topic)));
    }

    static TransactedSend send(String topic, String body) {
        ByteBuffer octets = ByteBuffer.wrap(body.getBytes(UTF_8));
        return new TransactedSend(
                new KafkaTopic("kafka", topic, Optional.empty(), Creation.NEVER),
                new Message(Map.of(), octets, true));
    }

    List<String> bodies() {
        return received.bodies();
    }

    int count() {
        return received.deliveries.size();
    }

    void awaitCount(int count) {
        await().atMost(PATIENCE).until(() -> count() >= count);
    }

    String header(int index, String name) {
        return received.deliveries.get(index).message().headers().getOrDefault(name, "");
    }

    /// The first delivery from a partition.
    int indexOf(int partition) {
        return IntStream.range(0, count())
                .filter(i -> header(i, "kafka-partition").equals(Integer.toString(partition)))
                .findFirst()
                .orElseThrow();
    }

    /// As the session does for a cumulative ACK of the n-th message.
    void acknowledgeUpTo(int count) throws Exception {
        Optional<BackendFailure.Kind> failure =
                settle(IntStream.range(0, count).boxed().toList(), Settlement.Outcome.ACKNOWLEDGED);
        if (failure.isPresent()) {
            throw new AssertionError(failure.get());
        }
    }

    Optional<BackendFailure.Kind> settle(int index, Settlement.Outcome outcome) throws Exception {
        return settle(List.of(index), outcome);
    }

    /// @return why it was not taken
    Optional<BackendFailure.Kind> settle(List<Integer> indexes, Settlement.Outcome outcome)
            throws Exception {
        Outcome told = new Outcome();
        session.settle(
                indexes.stream().map(index -> settlement(index, outcome)).toList(),
                Optional.of(told));
        await().atMost(PATIENCE).until(told::known);
        return told.answers.getFirst().map(BackendFailure::kind);
    }

    void acknowledgeWithoutReceipt(int index) throws Exception {
        session.settle(
                List.of(settlement(index, Settlement.Outcome.ACKNOWLEDGED)), Optional.empty());
    }

    Stream<Settlement> acks(int... indexes) {
        return IntStream.of(indexes)
                .mapToObj(index -> settlement(index, Settlement.Outcome.ACKNOWLEDGED));
    }

    private Settlement settlement(int index, Settlement.Outcome outcome) {
        Delivery delivery = received.deliveries.get(index);
        return new Settlement(subscription, delivery, outcome);
    }

    void commit(List<TransactedSend> sends, List<Settlement> settlements) throws Exception {
        session.commit(sends, settlements);
    }

    /// Moves what comes into another topic, each in a transaction with its ACK, until `moved` has
    /// so many. What has gone to another member meanwhile is left to that.
    void moveUntil(Collection<String> moved, int enough, String to) throws Exception {
        await().atMost(PATIENCE)
                .until(() -> {
                    while (next < count()) {
                        move(next++, to).ifPresent(moved::add);
                    }
                    return moved.size() >= enough;
                });
    }

    private Optional<String> move(int index, String to) throws Exception {
        String body = bodies().get(index);
        try {
            commit(List.of(send(to, body)), acks(index).toList());
            return Optional.of(body);
        } catch (BackendFailure e) {
            if (e.kind() != BackendFailure.Kind.PARTITION_REVOKED) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /// As a socket that takes the first `count` messages.
    void accept(int count) {
        received.deliveries.subList(0, count).forEach(subscription::accepted);
    }

    void leave() {
        session.close();
    }

    void abandon() {
        session.abandon();
    }
}
