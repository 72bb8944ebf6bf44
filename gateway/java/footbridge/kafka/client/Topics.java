package footbridge.kafka.client;

import footbridge.backend.BackendFailure;
import footbridge.backend.Target.Creation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Which topics exist. Answers are kept for a short time, and those who ask at once share one
/// question; a producer would block for seconds on a topic that does not exist. Safe for use by any
/// thread.
public final class Topics {

    private static final int MOST_KEPT = 10_000;
    private static final Duration KEEP_FOUND = Duration.ofSeconds(5);
    private static final Duration KEEP_MISSING = Duration.ofMillis(500);

    private final TopicQuestions questions;
    private final Duration answerTimeout;
    private final ConcurrentHashMap<String, Lookup> lookups = new ConcurrentHashMap<>();

    public Topics(TopicQuestions questions, Duration answerTimeout) {
        this.questions = questions;
        this.answerTimeout = answerTimeout;
    }

    /// Makes sure that a topic exists, and makes it where `creation` says so, with the partitions
    /// and replicas that are the cluster's default. Blocks for a round trip when nobody has asked
    /// lately, and for as long as the creation takes.
    ///
    /// @throws BackendFailure if there is no such topic, or no answer in time
    public TopicInfo require(String topic, Creation creation)
            throws BackendFailure, InterruptedException {
        Optional<TopicInfo> found = await(lookup(topic));
        if (found.isPresent()) {
            return found.get();
        }
        if (creation == Creation.NEVER) {
            throw Failures.noSuchTopic();
        }
        await(questions.create(topic));
        return awaitFound(topic);
    }

    /// Forgets what is kept of a topic: somebody has seen otherwise.
    public void forget(String topic) {
        lookups.remove(topic);
    }

    private CompletableFuture<Optional<TopicInfo>> lookup(String topic) {
        Lookup kept = lookups.get(topic);
        if (kept != null && !kept.stale(System.nanoTime())) {
            return kept.answer();
        }
        makeRoom();
        return lookups.compute(topic, this::askUnlessFresh).answer();
    }

    private Lookup askUnlessFresh(String topic, @Nullable Lookup kept) {
        long now = System.nanoTime();
        return kept == null || kept.stale(now) ? new Lookup(questions.describe(topic), now) : kept;
    }

    private void makeRoom() {
        if (lookups.size() < MOST_KEPT) {
            return;
        }
        long now = System.nanoTime();
        lookups.values().removeIf(lookup -> lookup.stale(now));
        if (lookups.size() >= MOST_KEPT) {
            lookups.clear();
        }
    }

    /// Waits until the broker that is asked has heard of a topic made a moment ago at another.
    private TopicInfo awaitFound(String topic) throws BackendFailure, InterruptedException {
        long deadline = System.nanoTime() + answerTimeout.toNanos();
        do {
            forget(topic);
            Optional<TopicInfo> found = await(lookup(topic));
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(Duration.ofMillis(20));
        } while (System.nanoTime() - deadline < 0);
        throw Failures.unavailable();
    }

    private <T> T await(CompletableFuture<T> answer) throws BackendFailure, InterruptedException {
        try {
            return answer.get(answerTimeout.toMillis() + 1000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw Failures.of(e);
        } catch (TimeoutException e) {
            throw Failures.unavailable(e);
        }
    }

    /// One question and when it was asked.
    private record Lookup(CompletableFuture<Optional<TopicInfo>> answer, long askedAt) {

        boolean stale(long now) {
            if (!answer.isDone()) {
                return false;
            }
            if (answer.isCompletedExceptionally()) {
                return true;
            }
            Duration keep = answer.join().isPresent() ? KEEP_FOUND : KEEP_MISSING;
            return now - askedAt > keep.toNanos();
        }
    }
}
