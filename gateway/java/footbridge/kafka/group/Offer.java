package footbridge.kafka.group;

import footbridge.backend.BackendFailure;
import footbridge.backend.Settlement;
import footbridge.kafka.client.Failures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A member's part in a transaction: the connection's thread asks for it, the member's thread
/// answers and then rests until it knows how the transaction ended, so that its place in the group
/// does not change meanwhile.
///
/// @param settlements what is to be acknowledged
/// @param afterChange whether the group was changing when it was asked before
/// @param answer the member's, or why there is none
/// @param done completed by whoever asked: whether the transaction was committed
record Offer(
        List<Settlement> settlements,
        boolean afterChange,
        CompletableFuture<SettledOffsets> answer,
        CompletableFuture<Boolean> done) {

    /// A group that is changing takes no offsets.
    private static final Duration LONGEST = Duration.ofSeconds(10);

    static Offer of(List<Settlement> settlements, boolean afterChange) {
        return new Offer(
                settlements, afterChange, new CompletableFuture<>(), new CompletableFuture<>());
    }

    /// @throws BackendFailure if the member cannot take part, or is not told of its group in time
    SettledOffsets await() throws BackendFailure, InterruptedException {
        try {
            return answer.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw Failures.of(e);
        } catch (TimeoutException e) {
            throw Failures.unavailable(e);
        }
    }
}
