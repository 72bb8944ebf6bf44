package footbridge.kafka.group;

import footbridge.backend.Acknowledgement;
import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.Delivery;
import footbridge.backend.Settlement;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscriber;
import footbridge.kafka.client.Failures;
import footbridge.kafka.client.TopicCheck;
import footbridge.kafka.record.Records;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;

/// One subscription's membership of a consumer group.
///
/// At most `prefetch` records are with the client; while they are, it reads no more and stays in
/// the group. What the client settles is committed at once, as much of it together as has come. A
/// partition that goes to another member takes its records along: whoever settles one of them later
/// is told so, and nothing is settled.
public final class GroupMember extends Member implements GroupConsumer.Loss {

    private static final System.Logger LOG = System.getLogger(GroupMember.class.getName());
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration SHORT_POLL = Duration.ofMillis(50);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final GroupConsumer consumer;
    private final TopicCheck check;
    private final DeadLetters deadLetters;
    private final int prefetch;
    private final HeldOffsets held = new HeldOffsets();
    private final Uncommitted uncommitted = new Uncommitted();
    private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    private final Queue<Offer> offers = new ConcurrentLinkedQueue<>();
    private Optional<BackendFailure> failure = Optional.empty();
    private volatile boolean left;

    /// @param consumer not subscribed yet
    public GroupMember(
            GroupConsumer consumer,
            TopicCheck check,
            DeadLetters deadLetters,
            SubscribeOptions options,
            Subscriber subscriber) {
        super("kafka-group-" + check.topic(), options.acknowledgement(), subscriber);
        this.consumer = consumer;
        this.check = check;
        this.deadLetters = deadLetters;
        this.prefetch = options.prefetch();
    }

    @Override
    protected void join() throws BackendFailure, InterruptedException {
        consumer.join(check.topic(), this);
        while (!closing() && !consumer.inPlace()) {
            turn(SHORT_POLL);
        }
    }

    @Override
    protected void work() throws BackendFailure, InterruptedException {
        check.requireTopic();
        turn(offers.isEmpty() ? POLL : SHORT_POLL);
    }

    private void turn(Duration longest) throws BackendFailure, InterruptedException {
        settle(requests());
        commit();
        takePart();
        hand();
        boolean hungry = waiting.isEmpty() && held.size() < prefetch;
        consumer.poll(longest, hungry, this::asked).forEach(waiting::add);
        hand();
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private void hand() {
        while (held.size() < prefetch && !waiting.isEmpty()) {
            ConsumerRecord<byte[], byte[]> record = waiting.remove();
            deliver(new Delivery(Records.toCounted(record), held.add(record)));
        }
    }

    private void settle(List<Request> requests) {
        for (Request request : requests) {
            Optional<BackendFailure> refused = Optional.empty();
            for (Settlement settlement : request.settlements()) {
                try {
                    take(settlement);
                } catch (BackendFailure e) {
                    refused = Optional.of(e);
                }
            }
            if (refused.isEmpty()) {
                request.confirmation().ifPresent(uncommitted::await);
            } else if (request.confirmation().isPresent()) {
                request.confirmation().get().failed(refused.get());
            } else {
                report(refused.get());
            }
        }
    }

    private void take(Settlement settlement) throws BackendFailure {
        ConsumerRecord<byte[], byte[]> record = held.take(settlement.delivery().tag());
        switch (settlement.outcome()) {
            case ACKNOWLEDGED, DISCARD -> uncommitted.acknowledge(record);
            case DEAD_LETTER -> uncommitted.refuse(record);
            case REDELIVER ->
                    throw new IllegalStateException("a group redelivers no single record");
        }
    }

    /// Nobody waits to hear it. Whoever leaves settling to the gateway gets the message once more,
    /// and no ERROR.
    private void report(BackendFailure why) {
        if (acknowledgement() == Acknowledgement.BY_CLIENT && failure.isEmpty()) {
            failure = Optional.of(why);
        }
    }

    private void commit() throws InterruptedException {
        if (uncommitted.isEmpty()) {
            return;
        }
        if (!uncommitted.refused().isEmpty()) {
            bury();
            return;
        }
        try {
            consumer.commit(uncommitted.offsets());
            uncommitted.committed();
        } catch (RebalanceInProgressException e) {
            LOG.log(Level.DEBUG, "Kafka group changes, commit follows topic={0}", check.topic());
        } catch (RetriableException e) {
            // The offsets are committed later, if the partitions are still ours then.
            uncommitted.tell(Failures.ofCommit(e));
        } catch (CommitFailedException e) {
            giveUp(Failures.ofCommit(e));
        }
    }

    private void bury() throws InterruptedException {
        try {
            deadLetters.bury(uncommitted.refused(), consumer.settled(uncommitted.offsets()));
            uncommitted.committed();
        } catch (BackendFailure e) {
            if (e.kind() != Kind.PARTITION_REVOKED) {
                // Nothing after these may be settled now.
                giveUp(e);
                failure = Optional.of(e);
            }
        }
    }

    private void giveUp(BackendFailure why) {
        if (!uncommitted.tell(why)) {
            report(why);
        }
        uncommitted.forget();
    }

    /// Brings what is asked for into a transaction, and waits for its end.
    private void takePart() throws InterruptedException {
        Offer offer = offers.peek();
        if (offer == null || !uncommitted.isEmpty() || (offer.afterChange() && changing(offer))) {
            return;
        }
        offers.remove();
        try {
            offer.answer().complete(consumer.settled(held.offsets(offer.settlements())));
            if (offer.done().join()) {
                held.settle(offer.settlements());
            }
        } catch (BackendFailure e) {
            offer.answer().completeExceptionally(e);
        }
    }

    /// A group that changes takes no offsets; so one that takes what it knows does not.
    private boolean changing(Offer offer) {
        try {
            consumer.commit(held.before(held.offsets(offer.settlements()).keySet()));
            return false;
        } catch (RebalanceInProgressException | RetriableException e) {
            return true;
        } catch (BackendFailure | CommitFailedException e) {
            return false;
        }
    }

    /// Asks for a part in a transaction. The connection's thread; never blocks.
    void ask(Offer offer) {
        offers.add(offer);
        if (left) {
            refuseOffers();
        }
        lookUp();
    }

    private void refuseOffers() {
        for (Offer offer = offers.poll(); offer != null; offer = offers.poll()) {
            offer.answer().completeExceptionally(Failures.revoked());
        }
    }

    @Override
    public void revoked(Collection<TopicPartition> partitions) {
        try {
            settle(requests());
            commit();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lost(partitions);
    }

    @Override
    public void lost(Collection<TopicPartition> partitions) {
        held.drop(partitions);
        waiting.removeIf(record -> partitions.contains(HeldOffsets.partition(record)));
        if (uncommitted.drop(partitions) && !uncommitted.tell(Failures.revoked())) {
            report(Failures.revoked());
        }
    }

    @Override
    protected void wakeUp() {
        consumer.wake();
    }

    @Override
    protected void askedFor() {
        consumer.wake();
    }

    @Override
    protected BackendFailure tooLate() {
        return Failures.revoked();
    }

    /// What is not settled comes again, to whoever gets the partitions.
    @Override
    protected void leave() {
        try {
            settleLast();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            uncommitted.tell(Failures.unavailable());
            left = true;
            refuseOffers();
            consumer.close(CLOSING);
        }
    }

    private void settleLast() throws InterruptedException {
        long deadline = System.nanoTime() + CLOSING.toNanos();
        settle(requests());
        commit();
        while (!uncommitted.isEmpty() && System.nanoTime() - deadline < 0) {
            consumer.poll(SHORT_POLL, false, () -> false).forEach(waiting::add);
            commit();
        }
    }
}
