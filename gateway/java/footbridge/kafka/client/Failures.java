package footbridge.kafka.client;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupMaxSizeReachedException;
import org.apache.kafka.common.errors.InvalidRecordStateException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/// Kafka's exceptions in the words of [BackendFailure].
public final class Failures {

    private Failures() {}

    public static BackendFailure unavailable() {
        return new BackendFailure(Kind.UNAVAILABLE, "The broker cannot be reached now.");
    }

    public static BackendFailure unavailable(Throwable cause) {
        return new BackendFailure(Kind.UNAVAILABLE, "The broker cannot be reached now.", cause);
    }

    static BackendFailure noSuchTopic() {
        return new BackendFailure(
                Kind.NO_SUCH_TARGET, "The topic behind this destination does not exist.");
    }

    public static BackendFailure noSuchPartition() {
        return new BackendFailure(
                Kind.NO_SUCH_TARGET, "The topic behind this destination has no such partition.");
    }

    public static BackendFailure tooLarge() {
        return new BackendFailure(
                Kind.TOO_LARGE,
                "The message is larger than the topic behind this destination takes.");
    }

    public static BackendFailure lockExpired() {
        return new BackendFailure(
                Kind.LOCK_EXPIRED,
                "The message was not settled in time: the broker delivers it again, perhaps to another.");
    }

    public static BackendFailure heldTooLong() {
        return new BackendFailure(
                Kind.LOCK_EXPIRED,
                "Messages were held for longer than this destination allows: the broker delivers them again.");
    }

    public static BackendFailure revoked() {
        return revoked(new IllegalStateException("no partition of the member"));
    }

    private static BackendFailure revoked(Throwable cause) {
        return new BackendFailure(
                Kind.PARTITION_REVOKED,
                "The group has given the message's partition to another member, which gets the message again.",
                cause);
    }

    public static BackendFailure outOfOrder() {
        return new BackendFailure(
                Kind.UNSUPPORTED,
                "A Kafka consumer group acknowledges messages in their order alone, and one before this is not acknowledged: an open transaction has it.");
    }

    public static BackendFailure noDeadLetters() {
        return new BackendFailure(
                Kind.UNSUPPORTED,
                "The group behind this destination has no topic for dead letters.");
    }

    /// Why an offset was not committed.
    public static BackendFailure ofCommit(Throwable cause) {
        return switch (rootOf(cause)) {
            case BackendFailure failure -> failure;
            case CommitFailedException e -> revoked(e);
            case AuthorizationException e -> forbidden(e);
            case Throwable e -> unsettled(e);
        };
    }

    public static BackendFailure full() {
        return full(new IllegalStateException("no room in the window"));
    }

    private static BackendFailure full(Throwable cause) {
        return new BackendFailure(
                Kind.FULL, "Too many messages wait for the broker already.", cause);
    }

    public static BackendFailure notCompacted() {
        return new BackendFailure(
                Kind.UNSUPPORTED,
                "Only a compacted topic has the newest record of each key, and the one behind this destination is none, or the gateway may not see that.");
    }

    public static BackendFailure tooManyMembers(String message) {
        return new BackendFailure(Kind.TOO_MANY_MEMBERS, message);
    }

    /// Why an ACK or NACK of a share group was not taken.
    public static BackendFailure ofAcknowledgement(Throwable cause) {
        return switch (rootOf(cause)) {
            case InvalidRecordStateException _ -> lockExpired();
            case AuthorizationException e -> forbidden(e);
            case Throwable e -> unsettled(e);
        };
    }

    /// No node has answered for a partition's acknowledgements.
    public static BackendFailure unanswered(TopicPartition partition) {
        return unsettled(new IllegalStateException("no answer for " + partition));
    }

    private static BackendFailure unsettled(Throwable cause) {
        return new BackendFailure(
                Kind.OUTCOME_UNKNOWN,
                "No answer came from the broker: a message whose ACK or NACK it did not get is delivered again.",
                cause);
    }

    /// Why a question, a creation or a read failed: nothing was changed, or may safely be repeated.
    public static BackendFailure of(Throwable cause) {
        return switch (rootOf(cause)) {
            case BackendFailure failure -> failure;
            case UnknownTopicOrPartitionException e -> noSuchTopic(e);
            case InvalidTopicException e -> noSuchTopic(e);
            case AuthorizationException e -> forbidden(e);
            case AuthenticationException e -> forbidden(e);
            case GroupMaxSizeReachedException e ->
                    new BackendFailure(
                            Kind.TOO_MANY_MEMBERS,
                            "The group behind this destination has as many members as its cluster allows.",
                            e);
            case UnsupportedVersionException e ->
                    new BackendFailure(
                            Kind.UNSUPPORTED,
                            "The Kafka cluster behind this destination cannot do this.",
                            e);
            case RetriableException e -> unavailable(e);
            case ApiException e -> refused(e);
            case Throwable e -> unavailable(e);
        };
    }

    /// Why a record was not confirmed.
    ///
    /// @param handedOver whether it had been accepted for sending, so that it may have been stored
    ///   although no answer came
    public static BackendFailure ofSend(Throwable cause, boolean handedOver) {
        return switch (rootOf(cause)) {
            case RecordTooLargeException e -> tooLarge(e);
            case RecordBatchTooLargeException e -> tooLarge(e);
            case BufferExhaustedException e -> full(e);
            case AuthorizationException e -> forbidden(e);
            case AuthenticationException e -> forbidden(e);
            case InvalidTopicException e -> noSuchTopic(e);
            case UnknownTopicOrPartitionException e -> noSuchTopic(e);
            case UnknownTopicIdException e -> noSuchTopic(e);
            case NotEnoughReplicasException e -> unavailable(e);
            case CommitFailedException e -> revoked(e);
            case RetriableException e -> handedOver ? unknown(e) : unavailable(e);
            case OutOfOrderSequenceException e -> unknown(e);
            case ApiException e -> refused(e);
            case Throwable e -> handedOver ? unknown(e) : unavailable(e);
        };
    }

    private static Throwable rootOf(Throwable cause) {
        Throwable root = cause;
        while (wraps(root) && root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /// Bare `KafkaException`s tell that an earlier failure stands in the way.
    private static boolean wraps(Throwable e) {
        return e instanceof ExecutionException
                || e instanceof CompletionException
                || e.getClass() == org.apache.kafka.common.KafkaException.class;
    }

    private static BackendFailure noSuchTopic(Throwable cause) {
        return new BackendFailure(
                Kind.NO_SUCH_TARGET, "The topic behind this destination does not exist.", cause);
    }

    private static BackendFailure forbidden(Throwable cause) {
        return new BackendFailure(
                Kind.FORBIDDEN, "The gateway's own account may not do this at the broker.", cause);
    }

    private static BackendFailure refused(Throwable cause) {
        return new BackendFailure(Kind.REFUSED, "The broker refused.", cause);
    }

    private static BackendFailure tooLarge(Throwable cause) {
        return new BackendFailure(
                Kind.TOO_LARGE, "The message is larger than the broker takes.", cause);
    }

    private static BackendFailure unknown(Throwable cause) {
        return new BackendFailure(
                Kind.OUTCOME_UNKNOWN,
                "No answer came from the broker: the message may or may not be stored.",
                cause);
    }
}
