package footbridge.session;

import footbridge.backend.Target;
import footbridge.backend.Target.JmsTemporaryQueue;
import footbridge.mapping.AnswerDestinations;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The temporary queues on which this client waits for answers, by the names that it has given
/// them. A queue is at the broker to which its first question goes, and made with that; a SUBSCRIBE
/// that comes before has to wait for it, but misses nothing. Confined to its session.
final class TemporaryQueues {

    /// What their destinations begin with.
    static final String PREFIX = AnswerDestinations.ASKING;

    private final int limit;
    private final Map<String, Queue> byDestination = new HashMap<>();

    /// One queue, which may not be there yet, and what reads from it.
    private static final class Queue {

        private final String name;
        private @Nullable String backend;

        /// The key of the subscription, if there is one.
        private @Nullable String subscription;

        /// The subscription's request, until there is a queue.
        private @Nullable Waiting waiting;

        Queue(String name) {
            this.name = name;
        }
    }

    /// A subscription that can be made when the target is known.
    interface Waiting {
        SessionAction.Subscribe on(Target target);
    }

    TemporaryQueues(int limit) {
        this.limit = limit;
    }

    static boolean isOne(String destination) {
        return destination.startsWith(PREFIX);
    }

    /// Places the queue at a broker, if it is not there.
    Target place(String destination, String backend) throws Refusal {
        Queue queue = queue(destination);
        if (queue.backend != null && !queue.backend.equals(backend)) {
            throw new Refusal(
                    ErrorCode.INVALID_HEADER,
                    "The temporary queue '%s' is at another broker; use another name."
                            .formatted(destination));
        }
        queue.backend = backend;
        return target(queue, backend);
    }

    /// The key of the subscription that the queue has, whether in place or waiting.
    Optional<String> subscription(String destination) throws Refusal {
        return Optional.ofNullable(queue(destination).subscription);
    }

    /// Gives the queue its only subscription; what there was before has ended.
    ///
    /// @return the request, if it can be made now; else [#takeWaiting] has it later
    Optional<SessionAction.Subscribe> subscribe(String destination, String key, Waiting request)
            throws Refusal {
        Queue queue = queue(destination);
        queue.subscription = key;
        if (queue.backend == null) {
            queue.waiting = request;
            return Optional.empty();
        }
        return Optional.of(request.on(target(queue, queue.backend)));
    }

    /// The subscription that has waited for the queue to be [placed][#place].
    Optional<SessionAction.Subscribe> takeWaiting(String destination) throws Refusal {
        Queue queue = queue(destination);
        Waiting waiting = queue.waiting;
        if (waiting == null || queue.backend == null) {
            return Optional.empty();
        }
        queue.waiting = null;
        return Optional.of(waiting.on(target(queue, queue.backend)));
    }

    /// A subscription has ended. The queue stays, and what comes into it waits.
    void forget(String key) {
        for (Queue queue : byDestination.values()) {
            if (key.equals(queue.subscription)) {
                queue.subscription = null;
                queue.waiting = null;
            }
        }
    }

    private static Target target(Queue queue, String backend) {
        return new JmsTemporaryQueue(backend, queue.name, true);
    }

    private Queue queue(String destination) throws Refusal {
        Queue present = byDestination.get(destination);
        if (present != null) {
            return present;
        }
        String name = destination.substring(PREFIX.length());
        if (name.isEmpty()) {
            throw new Refusal(
                    ErrorCode.NO_SUCH_DESTINATION,
                    "A temporary queue needs a name: /temp-queue/NAME.");
        }
        if (byDestination.size() >= limit) {
            throw new Refusal(
                    ErrorCode.TOO_MANY_TEMPORARY_QUEUES,
                    "A connection may have " + limit + " temporary queues.");
        }
        var made = new Queue(name);
        byDestination.put(destination, made);
        return made;
    }
}
