package footbridge.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import footbridge.backend.Acknowledgement;
import footbridge.backend.BackendFailure;
import footbridge.backend.BackendSession;
import footbridge.backend.Delivery;
import footbridge.backend.Settlement;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscription;
import footbridge.backend.Target;
import footbridge.testbed.ArtemisBroker;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// What the tests of clients that settle their messages share: on ORDERS a message has three
/// attempts, [#DELAY] apart, then it goes to DLQ.
abstract class ClientAckTest extends BrokerTest {

    static final Duration DELAY = Duration.ofMillis(300);
    static final Duration QUIET = Duration.ofMillis(300);

    final Inbox inbox = new Inbox();

    @Override
    ArtemisBroker.Builder prepare(ArtemisBroker.Builder builder) {
        return builder.queues("DLQ")
                .addresses(
                        "ORDERS",
                        address ->
                                address.setRedeliveryDelay(DELAY.toMillis())
                                        .setMaxDeliveryAttempts(3));
    }

    Subscription subscribe(String queue, int prefetch) throws Exception {
        return subscribe(session, Messages.queue(queue), prefetch, inbox);
    }

    static Subscription subscribe(BackendSession by, Target target, int prefetch, Inbox inbox)
            throws Exception {
        return by.subscribe(
                target, new SubscribeOptions(prefetch, Acknowledgement.BY_CLIENT), inbox);
    }

    void fill(String queue, int count) throws Exception {
        Outcome last = new Outcome();
        for (int n = 0; n < count; n++) {
            last = new Outcome();
            session.send(Messages.queue(queue), Messages.text("m" + n), last);
        }
        assertThat(last.awaitEnd().isConfirmed()).isTrue();
    }

    /// Takes `count` deliveries, as a client whose socket has taken their frames.
    List<Delivery> take(Subscription subscription, int count) {
        List<Delivery> taken = List.copyOf(inbox.awaitCount(count).subList(0, count));
        taken.forEach(subscription::accepted);
        return taken;
    }

    void settle(Subscription of, Settlement.Outcome outcome, Delivery... deliveries)
            throws Exception {
        session.settle(settlements(of, outcome, deliveries), Optional.empty());
    }

    /// Settles and waits for the broker's word.
    void settleAndConfirm(Subscription of, Settlement.Outcome outcome, Delivery... deliveries)
            throws Exception {
        var confirmation = new Outcome();
        session.settle(settlements(of, outcome, deliveries), Optional.of(confirmation));
        assertThat(confirmation.awaitEnd().isConfirmed()).isTrue();
    }

    static List<Settlement> settlements(
            Subscription of, Settlement.Outcome outcome, Delivery... deliveries) {
        return Arrays.stream(deliveries)
                .map(delivery -> new Settlement(of, delivery, outcome))
                .toList();
    }

    static List<Settlement> all(List<List<Settlement>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }

    static BackendFailure failureOf(ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(BackendFailure.class, call));
    }

    /// What another reader of a queue finds there, and leaves.
    List<Delivery> look(String queue, int count) throws Exception {
        BackendSession reader = backend.open();
        var found = new Inbox();
        subscribe(reader, Messages.queue(queue), 10_000, found);
        List<Delivery> deliveries = List.copyOf(found.awaitCount(count));
        reader.close();
        return deliveries;
    }

    List<String> textsIn(String queue, int count) throws Exception {
        return look(queue, count).stream().map(Inbox::text).toList();
    }

    static Optional<String> count(Delivery delivery) {
        return Optional.ofNullable(delivery.message().headers().get("delivery-count"));
    }

    long messages(String queue) {
        return broker.queueNamed(queue).getMessageCount();
    }

    void awaitMessages(String queue, long count) {
        await().until(() -> messages(queue) == count);
    }

    void staysAt(int count) {
        await().during(QUIET).until(() -> inbox.deliveries().size() == count);
    }

    static List<String> names(int from, int to) {
        return IntStream.range(from, to).mapToObj(n -> "m" + n).toList();
    }
}
