package footbridge.connection;

import footbridge.backend.Acknowledgement;
import footbridge.backend.BackendFailure;
import footbridge.backend.Delivery;
import footbridge.backend.KafkaUse.Sharing;
import footbridge.backend.Message;
import footbridge.backend.Settlement.Outcome;
import footbridge.backend.SlowReader;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import footbridge.backend.Target;
import footbridge.connection.report.RuleObserver;
import footbridge.connection.report.SubscriptionView;
import footbridge.connection.report.Tracing;
import footbridge.connection.report.Tracing.Span;
import footbridge.session.SessionAction;
import footbridge.stomp.SharedMessage;
import footbridge.stomp.SubscriberHead;
import footbridge.stomp.WireFrame;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One subscription of one client: takes messages on the backend's threads, queues them in the
/// connection's mailbox, and turns them into frames on the connection's thread.
final class ClientSubscription implements Subscriber {

    private final Connection connection;
    private final Mailbox mailbox;
    private final Outgoing outgoing;
    private final SubscriberHeads heads;
    private final Acknowledgement acknowledgement;
    private final SessionAction.Subscribe request;
    private final Traces traces;
    private final Optional<UnaryOperator<Map<String, String>>> headers;

    private final String rule;
    private final RuleObserver observer;
    private final long began = System.nanoTime();
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicInteger held = new AtomicInteger();
    private final Lane lane;

    private @Nullable Subscription source;
    private boolean ended;

    ClientSubscription(
            Connection connection,
            Mailbox mailbox,
            Outgoing outgoing,
            SessionAction.Subscribe request,
            Reporting reporting,
            Traces traces) {
        this.connection = connection;
        this.mailbox = mailbox;
        this.outgoing = outgoing;
        this.rule = reporting.ruleOf(request);
        this.observer = reporting.rule(rule);
        this.heads = new SubscriberHeads(connection, request);
        this.acknowledgement = request.options().acknowledgement();
        this.request = request;
        this.lane =
                new Lane(this::write, lane(request), request.options().prefetch(), credit(request));
        this.traces = traces;
        this.headers = traces.hiding(request.look().headers());
    }

    /// Where settling is flow control only, nobody but the lane counts what the client holds.
    private static int credit(SessionAction.Subscribe request) {
        return isBroadcast(request)
                        && request.options().acknowledgement() == Acknowledgement.BY_CLIENT
                ? request.options().prefetch()
                : Lane.UNLIMITED;
    }

    private static boolean isBroadcast(SessionAction.Subscribe request) {
        return request.target() instanceof Target.KafkaTopic topic
                && topic.use().sharing().equals(Sharing.BROADCAST);
    }

    /// A queue's reader serves this client alone and can wait for it; a topic's serves many.
    private static Lane.Kind lane(SessionAction.Subscribe request) {
        if (ownReader(request)) {
            return Lane.Kind.OWN_READER;
        }
        return switch (request.options().slow()) {
            case DROP_OLDEST -> Lane.Kind.SHARED_READER_DROPS_OLDEST;
            case CONFLATE -> Lane.Kind.SHARED_READER_CONFLATES;
            case DISCONNECT, PAUSE -> Lane.Kind.SHARED_READER;
        };
    }

    private static boolean ownReader(SessionAction.Subscribe request) {
        if (isBroadcast(request)) {
            return request.options().slow() == SlowReader.PAUSE;
        }
        return request.target() instanceof Target.JmsQueue
                || request.target() instanceof Target.KafkaTopic
                || request.target() instanceof Target.JmsTemporaryQueue
                || request.options().acknowledgement() == Acknowledgement.BY_CLIENT
                || request.options().selection().durable().isPresent();
    }

    /// The broker's side, once it is in place. The connection's thread.
    void source(Subscription subscription) {
        source = subscription;
    }

    Subscription source() {
        return Objects.requireNonNull(source, "a delivery before its subscription");
    }

    /// The id of the rule that led to the target.
    String rule() {
        return rule;
    }

    /// @param waiting how many messages wait in a lane. Any thread.
    SubscriptionView view(ToIntFunction<Lane> waiting) {
        return new SubscriptionView(
                request.id().orElse(""),
                request.destination(),
                rule,
                acknowledgement == Acknowledgement.BY_CLIENT ? "client" : "auto",
                delivered.get(),
                held.get(),
                waiting.applyAsInt(lane));
    }

    /// The client has settled a message.
    ///
    /// @return the broker's side
    Subscription settled(Delivery delivery, Outcome outcome) {
        traces.settle(delivery, rule, request.target(), outcome);
        held.lazySet(held.get() - 1);
        observer.settled(outcome);
        return source();
    }

    @Override
    public void deliver(Delivery delivery) {
        if (lane.ownReader()) {
            mailbox.message(lane, delivery);
            return;
        }
        int dropped = mailbox.offer(lane, delivery);
        if (dropped > 0) {
            observer.dropped(dropped);
        } else if (dropped < 0) {
            connection.tooSlow(rule);
        }
    }

    @Override
    public void replay(Delivery delivery) {
        mailbox.replay(lane, delivery);
    }

    @Override
    public boolean offer(Delivery delivery) {
        return mailbox.offerIfRoom(lane, delivery);
    }

    @Override
    public void awaitRoom() throws InterruptedException {
        mailbox.awaitRoom();
    }

    @Override
    public boolean awaitRoom(Duration most) throws InterruptedException {
        return mailbox.awaitRoom(lane, most);
    }

    @Override
    public void settled() {
        mailbox.credit(lane);
    }

    @Override
    public void ended(BackendFailure why) {
        connection.subscriptionEnded(this, why);
    }

    /// U1: what was queued before UNSUBSCRIBE does not follow its RECEIPT.
    private void write(Delivery delivery, long dropped) {
        if (ended) {
            return;
        }
        Optional<SubscriberHead> head = heads.of(delivery.message());
        if (head.isEmpty()) {
            forgo(delivery);
            return;
        }
        SharedMessage shared = WireMessages.of(delivery.message(), connection.version(), headers);
        if (connection.carries(shared)) {
            Optional<Span> span = traces.deliver(delivery, rule, request.target());
            write(
                    delivery,
                    frame(head.get(), delivery, shared, own(delivery, dropped, span)),
                    span);
        }
    }

    private void write(Delivery delivery, WireFrame frame, Optional<Span> span) {
        if (lane.ownReader()) {
            outgoing.add(
                    frame,
                    now -> {
                        written(delivery, span, now);
                        accepted(delivery);
                    });
        } else {
            outgoing.addObserved(frame, now -> written(delivery, span, now));
        }
    }

    /// A wildcard has brought what is not for this client: it is done with it, unseen.
    private void forgo(Delivery delivery) {
        if (acknowledgement == Acknowledgement.BY_CLIENT) {
            held.lazySet(held.get() + 1);
            connection.forgo(
                    request.target().backend(),
                    new SessionAction.Settled(request.key(), delivery, Outcome.DISCARD));
        } else {
            accepted(delivery);
        }
    }

    private WireFrame frame(
            SubscriberHead head, Delivery delivery, SharedMessage shared, Map<String, String> own) {
        long number = connection.delivered(request.key(), delivery, acknowledgement);
        if (acknowledgement == Acknowledgement.BY_CLIENT) {
            held.lazySet(held.get() + 1);
        }
        return own.isEmpty()
                ? head.message(shared, number, request.look().withAck())
                : head.message(shared, number, request.look().withAck(), own);
    }

    /// Headers that are for this client alone.
    private Map<String, String> own(Delivery delivery, long dropped, Optional<Span> span) {
        Optional<String> replyTo = delivery.message().replyTo().flatMap(connection::shownReplyTo);
        if (dropped == 0 && replyTo.isEmpty() && span.isEmpty()) {
            return Map.of();
        }
        Map<String, String> own = new LinkedHashMap<>();
        span.ifPresent(each -> own.put(Tracing.HEADER, each.context()));
        if (dropped > 0) {
            own.put("dropped", Long.toString(dropped));
        }
        replyTo.ifPresent(value -> own.put("reply-to", value));
        return own;
    }

    /// One thread only: the connection's where the reader is its own, and else the socket's.
    private void written(Delivery delivery, Optional<Span> span, long now) {
        span.ifPresent(Span::end);
        Message message = delivery.message();
        delivered.lazySet(delivered.get() + 1);
        observer.delivered(
                message.size(),
                now - Math.max(message.made(), began),
                lane.ownReader() && "true".equals(message.headers().get("redelivered")));
    }

    private void accepted(Delivery delivery) {
        if (source != null && !ended) {
            source.accepted(delivery);
        }
    }

    /// Nothing reaches the client from here on. The connection's thread.
    void mute() {
        ended = true;
    }

    /// As [#end], and the broker keeps nothing for it any more.
    void delete() throws BackendFailure, InterruptedException {
        mute();
        if (source != null) {
            source.delete();
        }
    }

    /// Ends the subscription at the broker too. The connection's thread; may block.
    void end() {
        mute();
        if (source != null) {
            source.close();
        }
    }
}
