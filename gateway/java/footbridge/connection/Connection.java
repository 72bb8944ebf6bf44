package footbridge.connection;

import footbridge.backend.Acknowledgement;
import footbridge.backend.BackendFailure;
import footbridge.backend.Delivery;
import footbridge.backend.Target;
import footbridge.connection.report.ConnectionView;
import footbridge.session.CloseReason;
import footbridge.session.ErrorCode;
import footbridge.session.Session;
import footbridge.session.SessionAction;
import footbridge.stomp.ClientFrame;
import footbridge.stomp.HeartBeat;
import footbridge.stomp.ProtocolViolation;
import footbridge.stomp.ServerFrame;
import footbridge.stomp.SharedMessage;
import footbridge.stomp.Version;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// One client connection: carries out what its [Session] decides.
///
/// Octets come in on the socket's event loop and are decoded there. All else happens on one virtual
/// thread at a time, fed by a [Mailbox]; it may wait for a broker without keeping anybody else.
public final class Connection {

    private static final Logger LOG = System.getLogger(Connection.class.getName());

    private final String id;
    private final Connections node;
    private final ClientChannel channel;
    private final Mailbox mailbox;
    private final Outgoing outgoing;
    private final Session session;
    private final Intake intake;
    private final BrokerSide brokers;
    private final OpenSends sends;
    private final Reporting reporting;
    private final Traces traces;
    private final ConnectionTimers timers;
    private final Pacing pacing = new Pacing();
    private final AtomicBoolean overflowed = new AtomicBoolean();

    private boolean ended;
    private boolean framesHeld;
    private boolean messagesHeld;

    Connection(String id, Connections node, ClientChannel channel) {
        ConnectionSettings settings = node.settings();
        this.id = id;
        this.node = node;
        this.channel = channel;
        this.mailbox = new Mailbox(this::work, settings.queuedBytes(), settings.queuedMessages());
        this.outgoing = new Outgoing(channel, mailbox);
        this.session = node.sessions().open(id, channel.arrival().caller());
        this.reporting = new Reporting(id, channel.arrival(), node.observer(), session);
        this.intake = new Intake(settings, channel, mailbox, node.timers(), new FromClient());
        this.brokers =
                new BrokerSide(
                        name -> node.openBackend(name, session.mark(), session.account()),
                        this::answered);
        this.sends =
                new OpenSends(
                        mailbox,
                        reporting,
                        (receipt, place) -> perform(session.sendConfirmed(receipt, place)),
                        this::failed);
        this.traces = new Traces(node.tracing(), id);
        this.timers = new ConnectionTimers(node.timers());
        timers.awaitConnect(
                settings.timeToConnect(), () -> event(() -> perform(session.connectTimeout())));
    }

    /// What the client asks for, on the connection's thread.
    private final class FromClient implements Intake.Listener {

        @Override
        public void frame(ClientFrame frame, Optional<String> authorization) {
            if (authorization.isPresent()) {
                perform(session.renew(authorization.get()));
            }
            perform(session.on(frame));
        }

        @Override
        public void violated(ProtocolViolation violation) {
            perform(session.violated(violation));
        }

        @Override
        public void tooManyFrames() {
            perform(
                    session.refuse(
                            ErrorCode.TOO_MANY_FRAMES,
                            "More frames came in a second than this server takes from a client."));
        }
    }

    Arrival arrival() {
        return channel.arrival();
    }

    String id() {
        return id;
    }

    Version version() {
        return session.version();
    }

    /// A message's number within the connection; the session knows from here on that the client has
    /// it. The connection's thread.
    long delivered(String key, Delivery delivery, Acknowledgement acknowledgement) {
        return session.delivered(key, delivery, acknowledgement);
    }

    /// What the client is told of the place where a message's sender waits for an answer. The
    /// connection's thread.
    Optional<String> shownReplyTo(Target replyTo) {
        return session.shownReplyTo(replyTo);
    }

    /// Octets have come from the client. The socket's event loop only.
    ///
    /// @param octets kept: the caller never writes to the array again
    public void received(byte[] octets, int offset, int length) {
        intake.received(octets, offset, length);
    }

    /// More has come than may before CONNECTED, within a unit of the transport's own that is not
    /// complete yet. The socket's event loop only.
    public void tooMuchBeforeConnected() {
        intake.tooMuchBeforeConnected();
    }

    /// There is no room for this connection. Any thread.
    void refuse(String why) {
        event(() -> perform(session.refuse(ErrorCode.TOO_MANY_CONNECTIONS, why)));
    }

    /// The client's socket is gone. Any thread.
    public void closed() {
        lastEvent(() -> end(CloseReason.GONE));
    }

    /// The gateway goes away, and this connection when brokers have confirmed what it gave them.
    /// Any thread.
    void shutDown(Duration retryAfter) {
        event(() -> perform(session.shutDown(retryAfter)));
    }

    /// The same, with no time left for that.
    void shutDownNow(Duration retryAfter) {
        lastEvent(() -> perform(session.shutDownNow(retryAfter)));
    }

    /// After which there is nothing: the thread is not left waiting for room at a broker.
    private void lastEvent(Runnable work) {
        event(work);
        brokers.giveUpWaiting();
    }

    /// An operator wants the client to go. Any thread.
    void dismiss() {
        String text = "An operator of this server has ended the connection.";
        lastEvent(() -> perform(session.refuse(ErrorCode.DISMISSED, text)));
    }

    /// As it is now. Any thread.
    ConnectionView view() {
        return reporting.view(
                outgoing.unwritten(),
                brokers.subscriptions().stream().map(each -> each.view(mailbox::waiting)).toList());
    }

    /// The rules are others now. Any thread.
    ///
    /// @param due whether the client is told now of one that says something else
    void rulesChanged(boolean due) {
        event(() -> perform(session.rulesChanged(due)));
    }

    private void event(Runnable work) {
        mailbox.event(work);
    }

    /// The client is too slow to have a message that this rule has brought. Any thread.
    void tooSlow(String rule) {
        if (overflowed.compareAndSet(false, true)) {
            event(() -> blaming(rule, session.tooSlow()));
        }
    }

    private void blaming(String rule, List<SessionAction> actions) {
        reporting.blame(rule);
        perform(actions);
    }

    void subscriptionEnded(ClientSubscription subscription, BackendFailure why) {
        event(() -> {
            if (brokers.has(subscription)) {
                blaming(subscription.rule(), session.subscriptionEnded(why));
            }
        });
    }

    /// Whether the client can be given this; if not, its session is told. The connection's thread.
    boolean carries(SharedMessage message) {
        if (message.utf8() || channel.carriesBinary()) {
            return true;
        }
        perform(
                session.refuse(
                        ErrorCode.BINARY_MESSAGE,
                        "A message has a body that is not valid UTF-8, and SockJS carries only text: connect with a WebSocket."));
        return false;
    }

    /// Settles a message that the client is not shown. The connection's thread.
    void forgo(String backend, SessionAction.Settled settled) {
        perform(List.of(new SessionAction.Settle(backend, List.of(settled), Optional.empty())));
    }

    /// The connection's thread: works until nothing is left that may be done now.
    private void work() {
        do {
            Runnable task;
            while ((task = mailbox.poll()) != null) {
                run(task);
            }
            run(this::settleGathered);
            outgoing.flush();
            if (mailbox.readingMayResume()) {
                intake.roomInMailbox();
            }
        } while (!mailbox.rest());
    }

    private void run(Runnable task) {
        try {
            task.run();
            holdWhatMustWait();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "connection failed connection=" + id, e);
            perform(session.broken());
        }
    }

    private void holdWhatMustWait() {
        ConnectionSettings settings = node.settings();
        boolean holdFrames =
                session.openSends() >= settings.unconfirmedSends()
                        || sends.bytes() >= settings.unconfirmedBytes()
                        || timers.mustPause(pacing.heldFor(System.nanoTime()), this::event);
        boolean holdMessages = outgoing.busy();
        if (holdFrames != framesHeld || holdMessages != messagesHeld) {
            framesHeld = holdFrames;
            messagesHeld = holdMessages;
            mailbox.hold(holdFrames, holdMessages);
        }
    }

    private void perform(List<SessionAction> actions) {
        for (SessionAction action : actions) {
            if (ended) {
                return;
            }
            try {
                perform(action);
            } catch (BackendFailure failure) {
                LOG.log(Level.DEBUG, () -> "broker refused connection=" + id + " why=" + failure);
                reporting.blame(action);
                perform(session.failed(failure, action));
                return;
            } catch (InterruptedException e) {
                gaveUpWaiting(e);
                return;
            }
        }
    }

    private void failed(BackendFailure why, SessionAction.Send send) {
        blaming(send.rule(), session.failed(why, send.receipt()));
    }

    private void perform(SessionAction action) throws BackendFailure, InterruptedException {
        switch (action) {
            case SessionAction.Authenticate authenticate ->
                    perform(session.answered(authenticate.login().ask()));
            case SessionAction.Reply reply -> reply(reply.frame());
            case SessionAction.KeepAlive keepAlive -> keepAlive(keepAlive.agreed());
            case SessionAction.Pace pace ->
                    pacing.took(pace.rule(), pace.perSecond(), System.nanoTime());
            case SessionAction.ExpireAt(var until) ->
                    timers.expireAt(until, () -> lastEvent(() -> perform(session.expired(until))));
            case SessionAction.EndInTurn _ -> timers.inTurn(node.turn(), () -> rulesChanged(true));
            case SessionAction.Send send -> traces.send(send, brokers, sends);
            case SessionAction.Subscribe subscribe -> subscribe(subscribe);
            case SessionAction.Subscribed(var key, var receipt) ->
                    outgoing.add(
                            new ServerFrame.Receipt(receipt, brokers.told(key)).encode(version()));
            case SessionAction.Unsubscribe unsubscribe -> brokers.unsubscribe(unsubscribe);
            case SessionAction.DeleteDurable delete -> brokers.delete(delete);
            case SessionAction.Settle settle -> brokers.settle(settle);
            case SessionAction.Commit commit -> commit(commit);
            case SessionAction.Release _ -> release();
            case SessionAction.Close close -> close(close.reason());
        }
    }

    private void reply(ServerFrame frame) {
        if (frame instanceof ServerFrame.Error error) {
            reporting.refused(error);
        }
        outgoing.add(frame.encode(version()));
    }

    private void commit(SessionAction.Commit request) throws BackendFailure, InterruptedException {
        request.sends().forEach(reporting::sent);
        traces.commit(request, brokers);
        request.sends().forEach(reporting::confirmed);
    }

    private void keepAlive(HeartBeat agreed) {
        reporting.connected();
        intake.connected();
        channel.connected();
        timers.keepAlive(
                agreed,
                new ConnectionTimers.Direction(outgoing::lastWrite, outgoing::beat),
                new ConnectionTimers.Direction(
                        intake::lastHeard, () -> lastEvent(() -> perform(session.silent()))));
    }

    private void subscribe(SessionAction.Subscribe request)
            throws BackendFailure, InterruptedException {
        brokers.subscribe(
                request,
                new ClientSubscription(this, mailbox, outgoing, request, reporting, traces));
    }

    private void settleGathered() {
        try {
            brokers.settleGathered();
        } catch (BackendFailure failure) {
            perform(session.failed(failure, Optional.empty()));
        } catch (InterruptedException e) {
            gaveUpWaiting(e);
        }
    }

    /// Fine when the last event is next; nobody else interrupts this thread.
    private void gaveUpWaiting(InterruptedException why) {
        if (!brokers.leaving()) {
            throw new IllegalStateException("interrupted", why);
        }
    }

    private void answered(BrokerSide.BrokerAnswer answer) {
        event(() -> {
            switch (answer) {
                case BrokerSide.BrokerAnswer.Settled settled ->
                        perform(session.settled(settled.receipts()));
                case BrokerSide.BrokerAnswer.Failed failed ->
                        perform(
                                session.failed(
                                        failed.why(), failed.receipts().stream().findFirst()));
            }
        });
    }

    private void close(CloseReason reason) {
        outgoing.flush();
        channel.close(reason.webSocketCode(), reason.text());
        end(reason);
    }

    private void release() throws BackendFailure, InterruptedException {
        brokers.settleGathered();
        brokers.release(false);
    }

    /// Gives back everything the connection holds. The connection's thread; may block.
    private void end(CloseReason reason) {
        if (ended) {
            return;
        }
        ended = true;
        timers.stop();
        mailbox.close();
        brokers.leave(id, reason.clientLost());
        node.ended(this, reason);
    }
}
