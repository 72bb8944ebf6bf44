package footbridge.kafka.share;

import footbridge.backend.Acknowledgement;
import footbridge.backend.BackendFailure;
import footbridge.backend.Confirmation;
import footbridge.backend.Delivery;
import footbridge.backend.Settlement;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Subscriber;
import footbridge.kafka.client.Failures;
import footbridge.kafka.client.TopicCheck;
import footbridge.kafka.group.Member;
import footbridge.kafka.record.Records;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/// One subscription's membership of a share group.
///
/// Works batch by batch: it takes at most `prefetch` records, and more only when each of them is
/// settled, because a share consumer cannot hold a record and get new ones (KAFKA-20458, and
/// measured). While the client thinks, the broker's locks are renewed at half their time, for
/// `max-hold` at most; then the subscription ends, so that neither its records nor its partitions
/// are kept from the others.
final class ShareMember extends Member {

    private static final System.Logger LOG = System.getLogger(ShareMember.class.getName());
    private static final String ANSWERED = "fetch-total";
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(3);

    private final ShareConsumer<byte[], byte[]> consumer;
    private final TopicCheck check;
    private final Duration maxHold;
    private final Duration answerTimeout;
    private final HeldRecords held = new HeldRecords();

    /// Wake-ups are for polls alone: they would end a commit, too, and leave open what became of
    /// it.
    private final Object waking = new Object();

    private boolean polling;
    private long renewedAt;

    /// How long the broker keeps a record for us, as far as it has said.
    private Duration lock = Duration.ofSeconds(30);

    private Optional<BackendFailure> late = Optional.empty();

    ShareMember(
            ShareConsumer<byte[], byte[]> consumer,
            TopicCheck check,
            SubscribeOptions options,
            Subscriber subscriber,
            Duration answerTimeout) {
        super("kafka-share-" + check.topic(), options.acknowledgement(), subscriber);
        this.consumer = consumer;
        this.check = check;
        this.maxHold = options.kafka().maxHold();
        this.answerTimeout = answerTimeout;
    }

    /// In place once the group has given it partitions and their leaders have answered: what is
    /// produced from then on reaches the group.
    @Override
    protected void join() throws BackendFailure {
        consumer.setAcknowledgementCommitCallback((_, failure) -> {
            // Whoever leaves settling to the gateway gets the message once more, and no ERROR.
            if (failure != null && acknowledgement() == Acknowledgement.BY_CLIENT) {
                late = Optional.of(Failures.ofAcknowledgement(failure));
            }
        });
        consumer.subscribe(List.of(check.topic()));
        while (!closing() && !fetches() && held.isEmpty()) {
            hand(poll(Duration.ofMillis(100)));
        }
    }

    /// Whether a leader has answered; of its assignment a share consumer tells nothing else.
    private boolean fetches() {
        return consumer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(ANSWERED))
                .anyMatch(metric -> metric.getValue().metricValue() instanceof Double d && d > 0);
    }

    @Override
    protected void work() throws BackendFailure, InterruptedException {
        check.requireTopic();
        if (held.isEmpty()) {
            hand(poll(POLL));
            settle(requests());
        } else {
            settle(awaitRequests(untilRenewal()));
            if (!held.isEmpty() && untilRenewal().isNegative()) {
                renew();
            }
        }
        if (late.isPresent()) {
            throw late.get();
        }
    }

    private ConsumerRecords<byte[], byte[]> poll(Duration longest) {
        if (!begins()) {
            return ConsumerRecords.empty();
        }
        try {
            return consumer.poll(longest);
        } catch (WakeupException e) {
            return ConsumerRecords.empty();
        } finally {
            synchronized (waking) {
                polling = false;
            }
        }
    }

    private boolean begins() {
        synchronized (waking) {
            polling = !closing();
            return polling;
        }
    }

    private void hand(ConsumerRecords<byte[], byte[]> records) {
        if (!records.isEmpty() && held.isEmpty()) {
            renewedAt = System.nanoTime();
        }
        consumer.acquisitionLockTimeoutMs().map(Duration::ofMillis).ifPresent(time -> lock = time);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (!held.replace(record)) {
                long tag = held.add(record);
                deliver(new Delivery(Records.toCounted(record), tag));
            }
        }
    }

    /// Settles what the client has; with several at once the broker is asked once.
    private void settle(List<Request> requests) throws BackendFailure {
        if (requests.isEmpty()) {
            return;
        }
        List<Confirmation> waiting = new ArrayList<>();
        Set<TopicPartition> partitions = new HashSet<>();
        Optional<BackendFailure> failure = Optional.empty();
        for (Request request : requests) {
            request.confirmation().ifPresent(waiting::add);
            for (Settlement settlement : request.settlements()) {
                Optional<TopicPartition> partition = acknowledge(settlement);
                partition.ifPresent(partitions::add);
                if (partition.isEmpty()) {
                    failure = Optional.of(Failures.lockExpired());
                }
            }
        }
        // The next poll takes the acknowledgements along; without one they must go by themselves.
        boolean nobodyWaits = waiting.isEmpty() && held.isEmpty();
        Optional<BackendFailure> refused = nobodyWaits ? Optional.empty() : commit(partitions);
        tell(waiting, failure.or(() -> refused));
    }

    /// @return the record's partition; empty if the record is not held any more
    private Optional<TopicPartition> acknowledge(Settlement settlement) {
        Optional<ConsumerRecord<byte[], byte[]>> record = held.take(settlement.delivery().tag());
        record.ifPresent(known -> consumer.acknowledge(known, type(settlement.outcome())));
        return record.map(known -> new TopicPartition(known.topic(), known.partition()));
    }

    private static AcknowledgeType type(Settlement.Outcome outcome) {
        return switch (outcome) {
            // What nobody wants must not end among the dead letters, where a REJECT would put it.
            case ACKNOWLEDGED, DISCARD -> AcknowledgeType.ACCEPT;
            case REDELIVER -> AcknowledgeType.RELEASE;
            case DEAD_LETTER -> AcknowledgeType.REJECT;
        };
    }

    /// @param partitions that must be answered for: of those whose leader has died, or has become
    ///   another, a share consumer drops the acknowledgements and says nothing
    private Optional<BackendFailure> commit(Set<TopicPartition> partitions) {
        try {
            Map<TopicIdPartition, Optional<KafkaException>> answers = committed();
            Set<TopicPartition> silent = new HashSet<>(partitions);
            answers.keySet().forEach(answered -> silent.remove(answered.topicPartition()));
            return answers.values().stream()
                    .flatMap(Optional::stream)
                    .map(Failures::ofAcknowledgement)
                    .findFirst()
                    .or(() -> silent.stream().findFirst().map(Failures::unanswered));
        } catch (KafkaException e) {
            return Optional.of(Failures.ofAcknowledgement(e));
        }
    }

    private void tell(List<Confirmation> waiting, Optional<BackendFailure> failure)
            throws BackendFailure {
        if (failure.isEmpty()) {
            waiting.forEach(Confirmation::confirmed);
        } else if (!waiting.isEmpty()) {
            waiting.forEach(each -> each.failed(failure.get()));
        } else if (acknowledgement() == Acknowledgement.BY_CLIENT) {
            throw failure.get();
        } else {
            LOG.log(Level.DEBUG, "acknowledgement lost", failure.get());
        }
    }

    private Map<TopicIdPartition, Optional<KafkaException>> committed() {
        try {
            return consumer.commitSync(answerTimeout);
        } catch (WakeupException e) {
            // It was meant for a poll that had ended by itself.
            return consumer.commitSync(answerTimeout);
        }
    }

    private Duration untilRenewal() {
        return lock.dividedBy(2).minusNanos(System.nanoTime() - renewedAt);
    }

    /// Renewed records can be settled again only when a poll has brought them back.
    private void renew() throws BackendFailure {
        if (held.oldest().compareTo(maxHold) >= 0) {
            throw Failures.heldTooLong();
        }
        renewedAt = System.nanoTime();
        held.records().forEach(record -> consumer.acknowledge(record, AcknowledgeType.RENEW));
        held.awaitAll();
        Optional<BackendFailure> refused = commit(Set.of());
        if (refused.isPresent()) {
            throw refused.get();
        }
        long deadline = System.nanoTime() + answerTimeout.toNanos();
        while (held.awaits() && !closing()) {
            if (System.nanoTime() - deadline >= 0) {
                throw Failures.lockExpired();
            }
            hand(poll(Duration.ofMillis(50)));
        }
    }

    @Override
    protected void wakeUp() {
        synchronized (waking) {
            if (polling) {
                consumer.wakeup();
            }
        }
    }

    /// What is not settled goes to others at once. Whatever fails, the consumer is closed: else it
    /// went on with its heart-beats, and kept its partitions from the others for Kafka's
    /// `max.poll.interval.ms`, five minutes.
    @Override
    protected void leave() {
        try {
            settle(requests());
            if (!held.isEmpty() || acknowledgement() == Acknowledgement.AUTOMATIC) {
                commit(Set.of());
            }
        } catch (BackendFailure e) {
            LOG.log(Level.DEBUG, "settled too late topic=" + check.topic(), e);
        } finally {
            consumer.close(CLOSING);
        }
    }
}
