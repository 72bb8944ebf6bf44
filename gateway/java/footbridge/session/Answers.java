package footbridge.session;

import footbridge.backend.Acknowledgement;
import footbridge.backend.Settlement.Outcome;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Target;
import footbridge.backend.Target.JmsTemporaryQueue;
import footbridge.stomp.AckMode;
import footbridge.stomp.ClientFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Questions and answers: what `reply-to` means in each direction, and the temporary queues behind
/// it. Confined to its session.
///
/// A SEND with `reply-to:/temp-queue/NAME` waits for answers on a queue of its connection's own, at
/// the broker to which it goes. They come with `subscription:/temp-queue/NAME`, unless the client
/// has a subscription of its own there. Any other `reply-to` names a destination that the client
/// may use itself, at the same broker. In a MESSAGE it names where the client can SEND the answer.
final class Answers {

    /// What may be with a client that did not ask for its subscription.
    private static final int PREFETCH = 100;

    private final Router router;
    private final ClientSubscriptions subscriptions;
    private final TemporaryQueues queues;
    private final Askers askers;

    /// A message's `reply-to`, and what must be in place before it is sent.
    record Question(Optional<Target> replyTo, List<SessionAction> before) {

        private static final Question NONE = new Question(Optional.empty(), List.of());
    }

    Answers(AnswerLimits limits, Router router, ClientSubscriptions subscriptions) {
        this.router = router;
        this.subscriptions = subscriptions;
        this.queues = new TemporaryQueues(limits.temporaryQueues());
        this.askers = new Askers(limits.askers());
    }

    /// Where a SEND to somebody who has asked goes; empty for destinations that rules are for.
    Optional<Target> asker(String destination) throws Refusal {
        if (TemporaryQueues.isOne(destination)) {
            throw new Refusal(
                    ErrorCode.NO_SUCH_DESTINATION,
                    "A temporary queue takes no SEND under this name: whoever answers finds another in the reply-to of the MESSAGE.");
        }
        return Askers.isOne(destination)
                ? Optional.of(askers.target(destination))
                : Optional.empty();
    }

    /// What a SEND to `target` asks to be answered. On Kafka a `reply-to` is a header like others,
    /// except where it would promise answers that cannot come.
    Question question(ClientFrame.Send send, Target target) throws Refusal {
        Optional<String> replyTo = send.headers().first("reply-to");
        if (replyTo.isEmpty()) {
            return Question.NONE;
        }
        boolean temporary = TemporaryQueues.isOne(replyTo.get());
        if (target instanceof Target.KafkaTopic) {
            if (temporary) {
                throw new Refusal(
                        ErrorCode.UNSUPPORTED, "Kafka has no temporary queues for answers.");
            }
            return Question.NONE;
        }
        return temporary
                ? onTemporaryQueue(replyTo.get(), target.backend(), send.receipt())
                : new Question(Optional.of(elsewhere(replyTo.get(), target)), List.of());
    }

    private Target elsewhere(String destination, Target target) throws Refusal {
        Target place =
                Askers.isOne(destination)
                        ? askers.target(destination)
                        : router.answersTo(destination);
        if (!place.backend().equals(target.backend())) {
            throw new Refusal(
                    ErrorCode.INVALID_HEADER,
                    "The reply-to '%s' leads to another broker than the message."
                            .formatted(destination));
        }
        return place;
    }

    private Question onTemporaryQueue(String destination, String backend, Optional<String> receipt)
            throws Refusal {
        Target queue = queues.place(destination, backend);
        Optional<SessionAction.Subscribe> request =
                queues.subscription(destination).isPresent()
                        ? queues.takeWaiting(destination)
                        : Optional.of(automatic(destination, queue, receipt));
        request.ifPresent(made -> subscriptions.moved(made.key(), backend));
        return new Question(
                Optional.of(queue), request.<List<SessionAction>>map(List::of).orElse(List.of()));
    }

    private SessionAction.Subscribe automatic(
            String destination, Target queue, Optional<String> receipt) throws Refusal {
        String key = automaticKey(destination);
        subscriptions.checkFree(key);
        subscriptions.add(
                new ClientSubscriptions.Entry(
                        key, AckMode.AUTO, queue.backend(), Outcome.REDELIVER));
        return queues.subscribe(
                        destination,
                        key,
                        target ->
                                new SessionAction.Subscribe(
                                        key,
                                        Optional.of(destination),
                                        destination,
                                        target,
                                        SubscribeOptions.automatic(PREFETCH),
                                        SessionAction.Look.plain(false),
                                        receipt))
                .orElseThrow();
    }

    private static String automaticKey(String destination) {
        return ClientSubscriptions.key(Optional.of(destination), destination);
    }

    /// A SUBSCRIBE to a temporary queue takes the place of the automatic subscription.
    ///
    /// @return what is to be done now; the rest follows the question that makes the queue
    List<SessionAction> subscribe(ClientFrame.Subscribe subscribe, String key) throws Refusal {
        String destination = subscribe.destination();
        List<SessionAction> actions = new ArrayList<>(2);
        Optional<String> present = queues.subscription(destination);
        if (present.isPresent()) {
            if (!present.get().equals(automaticKey(destination))) {
                throw new Refusal(
                        ErrorCode.SUBSCRIPTION_IN_USE,
                        "This connection already has a subscription on that temporary queue.");
            }
            subscriptions.remove(present.get());
            actions.add(new SessionAction.Unsubscribe(present.get(), false));
        }
        subscriptions.checkFree(key);
        queues.subscribe(destination, key, waiting(subscribe, key)).ifPresent(actions::add);
        subscriptions.add(
                new ClientSubscriptions.Entry(
                        key, subscribe.ackMode(), backend(actions), Outcome.REDELIVER));
        return actions;
    }

    private static String backend(List<SessionAction> actions) {
        return !actions.isEmpty() && actions.getLast() instanceof SessionAction.Subscribe request
                ? request.target().backend()
                : "";
    }

    private static TemporaryQueues.Waiting waiting(ClientFrame.Subscribe subscribe, String key)
            throws Refusal {
        SubscribeOptions options = SubscribeHeaders.options(subscribe, PREFETCH);
        return target ->
                new SessionAction.Subscribe(
                        key,
                        subscribe.id(),
                        subscribe.destination(),
                        target,
                        options,
                        SessionAction.Look.plain(
                                options.acknowledgement() == Acknowledgement.BY_CLIENT),
                        subscribe.receipt());
    }

    /// A subscription has ended.
    void forget(String key) {
        queues.forget(key);
    }

    /// The `reply-to` that a MESSAGE shows this client; empty if it may not SEND there.
    Optional<String> shown(Target replyTo) {
        return replyTo instanceof JmsTemporaryQueue
                ? Optional.of(askers.destinationOf(replyTo))
                : router.destinationOf(replyTo);
    }
}
