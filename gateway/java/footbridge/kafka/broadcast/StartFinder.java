package footbridge.kafka.broadcast;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.KafkaReading;
import footbridge.backend.StartAt;
import footbridge.kafka.client.Failures;
import footbridge.kafka.client.KafkaClients;
import footbridge.kafka.client.TopicInfo;
import footbridge.kafka.record.Offsets;
import footbridge.kafka.record.Position;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongBinaryOperator;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/// Finds out with which offsets a subscription begins. Safe for use by any thread.
public final class StartFinder {

    private final KafkaClients clients;
    private final Duration timeout;

    /// Where a subscription begins by itself, before it goes with the shared reader.
    ///
    /// @param recovered where it goes on behind a position, whether all that came since is there
    record Start(Offsets offsets, Optional<Boolean> recovered) {

        /// Whether something is missing between a position and here.
        boolean isIncomplete() {
            return recovered.filter(allThere -> !allThere).isPresent();
        }
    }

    public StartFinder(KafkaClients clients, Duration timeout) {
        this.clients = clients;
        this.timeout = timeout;
    }

    /// Blocks for a round trip or two.
    ///
    /// @return empty if it begins with what comes from now on
    /// @throws BackendFailure if there are no such offsets, or the position is none
    Optional<Start> find(String topic, TopicInfo seen, KafkaReading reading)
            throws BackendFailure, InterruptedException {
        Partitions partitions = new Partitions(topic, seen.partitions());
        if (reading.resumeFrom().isPresent()) {
            return Optional.of(behind(position(reading.resumeFrom().get()), partitions, seen));
        }
        return switch (reading.from()) {
            case StartAt.Latest _ -> Optional.empty();
            case StartAt.Earliest _ -> begin(ask(partitions, OffsetSpec.earliest()));
            case StartAt.Offset(var offset) -> begin(exactly(offset, partitions));
            case StartAt.Last(var count) ->
                    begin(
                            combine(
                                    ask(partitions, OffsetSpec.earliest()),
                                    ask(partitions, OffsetSpec.latest()),
                                    (first, end) -> Math.max(first, end - count)));
            case StartAt.Timestamp(var instant) ->
                    begin(
                            combine(
                                    ask(
                                            partitions,
                                            OffsetSpec.forTimestamp(instant.toEpochMilli())),
                                    ask(partitions, OffsetSpec.latest()),
                                    (found, end) -> found < 0 ? end : found));
        };
    }

    private static Optional<Start> begin(Offsets offsets) {
        return Optional.of(new Start(offsets, Optional.empty()));
    }

    private static Position position(String text) throws BackendFailure {
        return Position.of(text)
                .orElseThrow(() ->
                        new BackendFailure(
                                Kind.INVALID_HEADER,
                                "The header resume-from is not the kafka-position of any message."));
    }

    /// Goes on behind a position as far as that is there. What retention has taken is left out; of
    /// a topic that was made anew everything is new.
    private Start behind(Position position, Partitions partitions, TopicInfo seen)
            throws BackendFailure, InterruptedException {
        Offsets firsts = ask(partitions, OffsetSpec.earliest());
        if (!position.equals(Position.of(seen.id(), position.offsets()))) {
            return new Start(firsts, Optional.of(false));
        }
        Offsets wanted = position.offsets().copy();
        Offsets ends = ask(partitions, OffsetSpec.latest());
        wanted.growTo(seen.partitions());
        Offsets found = new Offsets(new long[seen.partitions()]);
        for (int partition = 0; partition < found.partitions(); partition++) {
            long first = firsts.next(partition);
            long end = Math.max(first, ends.next(partition));
            found.set(partition, Math.clamp(wanted.next(partition), first, end));
        }
        return new Start(found, Optional.of(found.equals(wanted)));
    }

    private Offsets exactly(long offset, Partitions partitions)
            throws BackendFailure, InterruptedException {
        Offsets firsts = ask(partitions, OffsetSpec.earliest());
        Offsets ends = ask(partitions, OffsetSpec.latest());
        for (int partition = 0; partition < partitions.count(); partition++) {
            if (offset < firsts.next(partition) || offset > ends.next(partition)) {
                throw new BackendFailure(
                        Kind.OFFSET_OUT_OF_RANGE,
                        "Partition %d of the topic behind this destination has the offsets %d to %d, and %d comes next."
                                .formatted(
                                        partition,
                                        firsts.next(partition),
                                        ends.next(partition) - 1,
                                        ends.next(partition)));
            }
        }
        return combine(firsts, ends, (_, _) -> offset);
    }

    private static Offsets combine(Offsets one, Offsets other, LongBinaryOperator how) {
        Offsets combined = new Offsets(new long[one.partitions()]);
        for (int partition = 0; partition < one.partitions(); partition++) {
            combined.set(partition, how.applyAsLong(one.next(partition), other.next(partition)));
        }
        return combined;
    }

    private Offsets ask(Partitions partitions, OffsetSpec spec)
            throws BackendFailure, InterruptedException {
        int millis = (int) timeout.toMillis();
        ListOffsetsOptions options =
                new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(millis);
        try {
            return offsets(
                    clients.admin()
                            .listOffsets(partitions.all(spec), options)
                            .all()
                            .get(millis + 1000L, TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            throw Failures.of(e);
        } catch (TimeoutException e) {
            throw Failures.unavailable(e);
        }
    }

    private static Offsets offsets(Map<TopicPartition, ListOffsetsResultInfo> answers) {
        Offsets offsets = new Offsets(new long[answers.size()]);
        answers.forEach((partition, answer) -> offsets.set(partition.partition(), answer.offset()));
        return offsets;
    }

    private record Partitions(String topic, int count) {

        Map<TopicPartition, OffsetSpec> all(OffsetSpec spec) {
            Map<TopicPartition, OffsetSpec> all = new HashMap<>();
            for (int partition = 0; partition < count; partition++) {
                all.put(new TopicPartition(topic, partition), spec);
            }
            return all;
        }
    }
}
