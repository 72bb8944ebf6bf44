package footbridge.session;

import footbridge.access.Identity;
import footbridge.backend.Acknowledgement;
import footbridge.backend.Delivery;
import footbridge.backend.Message;
import footbridge.backend.Selection.Durable;
import footbridge.backend.Settlement.Outcome;
import footbridge.backend.Target;
import footbridge.mapping.Nack;
import footbridge.mapping.Operation;
import footbridge.mapping.Route;
import footbridge.mapping.Rule;
import footbridge.stomp.AckMode;
import footbridge.stomp.ClientFrame;
import footbridge.stomp.Headers;
import footbridge.stomp.ServerFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a connected client does: sends, subscriptions, acknowledgements and transactions. Confined
/// to its session.
final class LiveSession {

    private final Router router;
    private final ClientSubscriptions subscriptions;
    private final Answers answers;
    private final HeldMessages held;
    private final Transactions transactions;
    private final DurableSubscriptions durables;
    private long messageNumber;
    private int openSends;
    private int openSettlements;

    LiveSession(String id, SessionSettings settings, Router router, DurableSubscriptions durables) {
        this.router = router;
        this.durables = durables;
        this.subscriptions = new ClientSubscriptions(settings.subscriptions());
        this.answers = new Answers(settings.answers(), router, subscriptions);
        this.held = new HeldMessages(id);
        this.transactions = new Transactions(settings.transactions());
    }

    int openSends() {
        return openSends;
    }

    List<SessionAction> on(ClientFrame frame) throws Refusal {
        return switch (frame) {
            case ClientFrame.Send send -> send(send);
            case ClientFrame.Subscribe subscribe -> subscribe(subscribe);
            case ClientFrame.Unsubscribe unsubscribe -> unsubscribe(unsubscribe);
            case ClientFrame.Ack ack -> ack(ack);
            case ClientFrame.Nack nack -> nack(nack);
            case ClientFrame.Begin begin -> begin(begin);
            case ClientFrame.Commit commit -> commit(commit);
            case ClientFrame.Abort abort -> abort(abort);
            case ClientFrame.Connect _ ->
                    throw new Refusal(
                            ErrorCode.ALREADY_CONNECTED,
                            "This connection has had its CONNECT; open another one instead.");
            case ClientFrame.Disconnect _ ->
                    throw new IllegalStateException("DISCONNECT is the session's own");
        };
    }

    /// The client is known anew. What it has in transactions it was allowed when it said so.
    ///
    /// @throws Refusal if it has a subscription that it could not have now
    void become(Identity identity) throws Refusal {
        router.become(identity);
        for (ClientSubscriptions.Entry entry : subscriptions.all()) {
            if (entry.routed().isPresent()) {
                checkKept(entry.routed().get());
            }
        }
    }

    private void checkKept(ClientSubscriptions.Routed routed) throws Refusal {
        Route.Found now = router.route(Operation.SUBSCRIBE, routed.destination());
        if (!now.deliversAs(routed.found())) {
            throw new Refusal(
                    ErrorCode.ACCESS_DENIED,
                    "The destination '%s' leads elsewhere for this client as it is known now."
                            .formatted(routed.destination()));
        }
    }

    private List<SessionAction> send(ClientFrame.Send send) throws Refusal {
        Optional<Target> asker = answers.asker(send.destination());
        if (asker.isPresent()) {
            return send(send, asker.get(), Optional.empty());
        }
        Route.Found found = router.route(Operation.SEND, send.destination());
        try {
            return send(send, found.target(), Optional.of(found));
        } catch (Refusal refusal) {
            throw refusal.by(found.rule());
        }
    }

    private List<SessionAction> send(
            ClientFrame.Send send, Target target, Optional<Route.Found> found) throws Refusal {
        OutgoingHeaders.check(send, target, found);
        Answers.Question question = answers.question(send, target);
        Message message = OutgoingHeaders.message(send, question.replyTo(), found);
        String rule = found.isPresent() ? found.get().rule().id() : SessionAction.NO_RULE;
        var request = new SessionAction.Send(target, message, send.receipt(), rule);
        if (send.transaction().isPresent()) {
            transactions.send(
                    send.transaction().get(),
                    new Transaction.Member(
                            target.backend(),
                            "SEND " + send.destination(),
                            found.isPresent() && found.get().rule().bestEffort()),
                    request);
            return paced(then(question.before(), receipt(send.receipt())), found);
        }
        openSends++;
        return paced(then(question.before(), List.of(request)), found);
    }

    private static List<SessionAction> paced(
            List<SessionAction> actions, Optional<Route.Found> found) {
        if (found.isEmpty() || found.get().rule().limits().sendsPerSecond().isEmpty()) {
            return actions;
        }
        Rule rule = found.get().rule();
        return with(
                new SessionAction.Pace(
                        rule.destination(), rule.limits().sendsPerSecond().getAsInt()),
                actions);
    }

    void sendConfirmed() {
        openSends--;
    }

    void settled(int receipts) {
        openSettlements -= receipts;
    }

    /// Whether a broker still has to confirm something that the client may have asked a receipt
    /// for.
    boolean awaitsBrokers() {
        return openSends > 0 || openSettlements > 0;
    }

    private List<SessionAction> subscribe(ClientFrame.Subscribe subscribe) throws Refusal {
        String key = ClientSubscriptions.key(subscribe.id(), subscribe.destination());
        if (TemporaryQueues.isOne(subscribe.destination())) {
            return then(answers.subscribe(subscribe, key), receipt(subscribe.receipt()));
        }
        subscriptions.checkFree(key);
        Route.Found found = router.route(Operation.SUBSCRIBE, subscribe.destination());
        subscriptions.checkRoom(found.rule());
        var request =
                new SessionAction.Subscribe(
                        key,
                        subscribe.id(),
                        subscribe.destination(),
                        found.target(),
                        SubscribeHeaders.options(subscribe, found, durables),
                        look(subscribe, found),
                        subscribe.receipt());
        subscriptions.add(
                new ClientSubscriptions.Entry(
                        key,
                        subscribe.ackMode(),
                        found.target().backend(),
                        outcome(found.rule().delivery().nack()),
                        Optional.of(
                                new ClientSubscriptions.Routed(subscribe.destination(), found))));
        request.options()
                .selection()
                .durable()
                .ifPresent(durable -> durables.opened(key, durable, found.target().backend()));
        List<SessionAction> told =
                subscribe
                        .receipt()
                        .<List<SessionAction>>map(
                                receipt -> List.of(new SessionAction.Subscribed(key, receipt)))
                        .orElse(List.of());
        return with(request, told);
    }

    /// The id of the rule that led to a subscription's target, or [SessionAction#NO_RULE].
    String ruleOf(String key) {
        return subscriptions.ruleOf(key);
    }

    /// The rules are others now. A subscription of which they say what they said notices nothing.
    ///
    /// @return one of which they say something else, and which goes by the old ones until it ends
    /// @throws Refusal if they have taken one from the client
    Optional<String> rulesChanged() throws Refusal {
        router.rulesChanged();
        Optional<String> outdated = Optional.empty();
        for (ClientSubscriptions.Entry entry : subscriptions.all()) {
            if (entry.routed().isPresent()) {
                ClientSubscriptions.Routed before = entry.routed().get();
                Route.Found now = router.now(before.destination());
                if (now.deliversAs(before.found())) {
                    subscriptions.refresh(
                            entry, new ClientSubscriptions.Routed(before.destination(), now));
                } else {
                    outdated = Optional.of(before.destination());
                }
            }
        }
        return outdated;
    }

    private SessionAction.Look look(ClientFrame.Subscribe subscribe, Route.Found found) {
        var look = SessionAction.Look.of(subscribe.ackMode() != AckMode.AUTO, found.headers());
        return Router.isPattern(found.target())
                ? look.from(new Sources(router, found.target().backend()))
                : look;
    }

    /// What names a durable subscription deletes it; else it is kept for when the client is back.
    private List<SessionAction> unsubscribe(ClientFrame.Unsubscribe unsubscribe) throws Refusal {
        String key =
                ClientSubscriptions.key(unsubscribe.id(), unsubscribe.destination().orElse(""));
        Optional<Durable> named = durables.named(unsubscribe.headers(), unsubscribe.id());
        if (named.isPresent() && !subscriptions.has(key)) {
            return with(
                    new SessionAction.DeleteDurable(backend(named.get(), unsubscribe), named.get()),
                    receipt(unsubscribe.receipt()));
        }
        subscriptions.remove(key);
        answers.forget(key);
        Optional<Durable> durable = durables.closed(key);
        if (durable.isPresent() && named.isPresent() && !durable.equals(named)) {
            throw new Refusal(
                    ErrorCode.INVALID_HEADER,
                    "The subscription of that id is another durable subscription than the one named.");
        }
        transactions.forget(held.removeAll(key));
        boolean delete = durable.isPresent() && named.isPresent();
        return with(new SessionAction.Unsubscribe(key, delete), receipt(unsubscribe.receipt()));
    }

    private String backend(Durable durable, ClientFrame.Unsubscribe unsubscribe) throws Refusal {
        Optional<String> used = durables.backend(durable);
        if (used.isPresent()) {
            return used.get();
        }
        String destination =
                unsubscribe
                        .destination()
                        .orElseThrow(() ->
                                new Refusal(
                                        ErrorCode.UNKNOWN_SUBSCRIPTION,
                                        "This connection has no such subscription; to delete a durable one that it has not used, add its destination."));
        return router.route(Operation.SUBSCRIBE, destination).target().backend();
    }

    /// A message goes to the client, which must settle it if its subscription says so.
    ///
    /// @return its number within the connection
    long delivered(String key, Delivery delivery, Acknowledgement acknowledgement) {
        messageNumber++;
        if (acknowledgement == Acknowledgement.BY_CLIENT) {
            held.add(messageNumber, key, delivery);
        }
        return messageNumber;
    }

    /// What a MESSAGE tells this client of the place where its sender waits for an answer.
    Optional<String> shownReplyTo(Target replyTo) {
        return answers.shown(replyTo);
    }

    private static Outcome outcome(Nack nack) {
        return switch (nack) {
            case REDELIVER -> Outcome.REDELIVER;
            case DEAD_LETTER -> Outcome.DEAD_LETTER;
            case DISCARD -> Outcome.DISCARD;
        };
    }

    private List<SessionAction> ack(ClientFrame.Ack ack) throws Refusal {
        return settle(
                find(ack.id(), ack.subscription()),
                Outcome.ACKNOWLEDGED,
                ack.transaction(),
                ack.receipt());
    }

    private List<SessionAction> nack(ClientFrame.Nack nack) throws Refusal {
        HeldMessage message = find(nack.id(), nack.subscription());
        return settle(
                message, rejection(message, nack.headers()), nack.transaction(), nack.receipt());
    }

    /// The rule says what becomes of a refused message, unless the client says, as RabbitMQ's
    /// clients do with `requeue:false`, that nobody shall see it again.
    private Outcome rejection(HeldMessage message, Headers headers) throws Refusal {
        ClientSubscriptions.Entry subscription = subscriptions.get(message.subscription());
        Outcome outcome =
                headers.first("requeue").filter("false"::equals).isPresent()
                        ? Outcome.DEAD_LETTER
                        : subscription.nack();
        Settling.of(subscription).checkDelay(headers);
        Settling.of(subscription).checkRefused(outcome, subscription.buries());
        return outcome;
    }

    private HeldMessage find(String id, Optional<String> subscription) throws Refusal {
        return held.find(id)
                .filter(message ->
                        subscription.isEmpty()
                                || message.subscription().equals("id " + subscription.get()))
                .orElseThrow(() ->
                        new Refusal(
                                ErrorCode.UNKNOWN_MESSAGE,
                                "This client holds no such message: it was settled before, its subscription has ended, or it never was."));
    }

    private List<SessionAction> settle(
            HeldMessage message,
            Outcome outcome,
            Optional<String> transaction,
            Optional<String> receipt)
            throws Refusal {
        ClientSubscriptions.Entry subscription = subscriptions.get(message.subscription());
        // K3, K7: in the mode `client` a frame speaks for all before it, of its subscription only.
        List<HeldMessage> covered =
                subscription.ackMode() == AckMode.CLIENT ? held.upTo(message) : List.of(message);
        if (transaction.isPresent()) {
            Settling.of(subscription).checkTransacted(outcome);
            transactions.settle(transaction.get(), subscription.member(outcome), covered, outcome);
            return receipt(receipt);
        }
        List<SessionAction.Settled> settled = new ArrayList<>(covered.size());
        for (HeldMessage each : covered) {
            held.remove(each);
            settled.add(settled(each, outcome));
        }
        receipt.ifPresent(_ -> openSettlements++);
        return List.of(new SessionAction.Settle(subscription.backend(), settled, receipt));
    }

    private static SessionAction.Settled settled(HeldMessage message, Outcome outcome) {
        return new SessionAction.Settled(message.subscription(), message.delivery(), outcome);
    }

    private List<SessionAction> begin(ClientFrame.Begin begin) throws Refusal {
        transactions.begin(begin.transaction());
        return receipt(begin.receipt());
    }

    private List<SessionAction> commit(ClientFrame.Commit commit) throws Refusal {
        Transaction transaction = transactions.take(commit.transaction());
        transaction.messages().forEach(held::remove);
        return transaction.carryOut(commit.receipt());
    }

    private List<SessionAction> abort(ClientFrame.Abort abort) throws Refusal {
        transactions.take(abort.transaction()).abort();
        return receipt(abort.receipt());
    }

    private static List<SessionAction> receipt(Optional<String> receipt) {
        return receipt.<List<SessionAction>>map(value -> List.of(reply(value))).orElse(List.of());
    }

    private static SessionAction reply(String receipt) {
        return new SessionAction.Reply(new ServerFrame.Receipt(receipt, Map.of()));
    }

    private static List<SessionAction> then(List<SessionAction> first, List<SessionAction> rest) {
        if (first.isEmpty()) {
            return rest;
        }
        List<SessionAction> actions = new ArrayList<>(first);
        actions.addAll(rest);
        return actions;
    }

    private static List<SessionAction> with(SessionAction first, List<SessionAction> rest) {
        List<SessionAction> actions = new ArrayList<>(1 + rest.size());
        actions.add(first);
        actions.addAll(rest);
        return actions;
    }
}
