package footbridge.kafka.client;

import footbridge.backend.BackendFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Looks from time to time whether a topic that is being read has got more partitions, or is gone.
/// Never blocks: an answer is taken up when it is there. Confined to the reader's thread.
public final class TopicCheck {

    /// A broker that has just started may not know every topic yet; one such answer is not
    /// believed.
    private static final int CONVINCED = 2;

    private static final Duration SECOND_LOOK = Duration.ofSeconds(1);

    private final String topic;
    private final TopicQuestions questions;
    private final Duration interval;
    private TopicInfo seen;
    private long due;
    private int missing;
    private Optional<CompletableFuture<Optional<TopicInfo>>> asked = Optional.empty();

    public TopicCheck(String topic, TopicInfo seen, TopicQuestions questions, Duration interval) {
        this.topic = topic;
        this.seen = seen;
        this.questions = questions;
        this.interval = interval;
        this.due = System.nanoTime() + interval.toNanos();
    }

    public String topic() {
        return topic;
    }

    /// @throws BackendFailure if the topic is gone, or another has come in its place
    public void requireTopic() throws BackendFailure {
        int _ = partitions();
    }

    /// The number of partitions last seen.
    ///
    /// @throws BackendFailure if the topic is gone, or another has come in its place
    public int partitions() throws BackendFailure {
        if (asked.isPresent() && asked.get().isDone()) {
            take(asked.get());
            asked = Optional.empty();
        } else if (asked.isEmpty() && System.nanoTime() - due >= 0) {
            asked = Optional.of(questions.describe(topic));
        }
        return seen.partitions();
    }

    private void take(CompletableFuture<Optional<TopicInfo>> answer) throws BackendFailure {
        if (answer.isCompletedExceptionally()) {
            dueIn(interval);
        } else if (answer.join().isPresent()) {
            found(answer.join().get());
        } else {
            notFound();
        }
    }

    private void found(TopicInfo now) throws BackendFailure {
        if (!now.id().equals(seen.id())) {
            throw Failures.noSuchTopic();
        }
        seen = now;
        missing = 0;
        dueIn(interval);
    }

    private void notFound() throws BackendFailure {
        missing++;
        if (missing >= CONVINCED) {
            throw Failures.noSuchTopic();
        }
        dueIn(interval.compareTo(SECOND_LOOK) < 0 ? interval : SECOND_LOOK);
    }

    private void dueIn(Duration pause) {
        due = System.nanoTime() + pause.toNanos();
    }
}
