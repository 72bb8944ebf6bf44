package footbridge.session;

import footbridge.access.Attempt;
import footbridge.access.Identity;
import footbridge.access.Proven;
import footbridge.backend.Account;
import footbridge.backend.Acknowledgement;
import footbridge.backend.BackendFailure;
import footbridge.backend.Delivery;
import footbridge.backend.Target;
import footbridge.stomp.ClientFrame;
import footbridge.stomp.HeartBeat;
import footbridge.stomp.ProtocolViolation;
import footbridge.stomp.ServerFrame;
import footbridge.stomp.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rules of one STOMP session: a frame or an event in, actions out. No threads, no clock, no
/// I/O; confined to its connection's thread.
public final class Session {

    private final String id;
    private final Sessions node;
    private final Caller caller;
    private final AuditTrail trail;

    private Optional<String> clientId = Optional.empty();
    private String mark;
    private Phase phase = Phase.NEW;
    private Version version = Version.V1_0;
    private HeartBeat agreed = HeartBeat.NONE;
    private Attempt attempt;
    private Membership membership = Membership.NONE;
    private LiveSession live;
    private Optional<String> disconnectReceipt = Optional.empty();
    private CloseReason lastWord = CloseReason.DISCONNECT;
    private Optional<String> blamed = Optional.empty();

    Session(String id, Sessions node, Caller caller) {
        this.id = id;
        this.node = node;
        this.mark = id;
        this.caller = caller;
        this.trail = new AuditTrail(id, caller, node.audit());
        this.attempt = caller.attempt(Optional.empty());
        this.live = live(Identity.ANONYMOUS);
    }

    private LiveSession live(Identity identity) {
        return new LiveSession(
                id,
                node.settings(),
                new Router(node.mappings(), identity, trail),
                new DurableSubscriptions(identity, clientId, node.settings().subscriptions()));
    }

    /// The version agreed on; 1.0 until there is one, since nothing needs to be decoded in it.
    public Version version() {
        return version;
    }

    /// What marks the messages of this client at brokers.
    public String mark() {
        return mark;
    }

    /// By which a broker may know this client: its login and passcode, or its name and its token;
    /// empty for a client that has brought nothing that another could check.
    public Optional<Account> account() {
        return membership.account(attempt.credentials());
    }

    /// Messages handed to a broker that has not answered yet.
    public int openSends() {
        return live.openSends();
    }

    /// A frame has come from the client.
    public List<SessionAction> on(ClientFrame frame) {
        try {
            return switch (phase) {
                case NEW -> first(frame);
                case CONNECTED ->
                        frame instanceof ClientFrame.Disconnect disconnect
                                ? disconnect(disconnect)
                                : live.on(frame);
                // D4: what follows DISCONNECT, or a frame that was refused, is ignored.
                case DISCONNECTING, ENDED -> List.of();
            };
        } catch (Refusal refusal) {
            blamed = refusal.rule();
            return fail(refusal.code(), frame.receipt(), refusal.text());
        }
    }

    /// The id of the rule that the frame met which was refused last, if it met one.
    public Optional<String> blamed() {
        return blamed;
    }

    /// The id of the rule that led to a subscription's target, or [SessionAction#NO_RULE].
    public String ruleOf(String key) {
        return live.ruleOf(key);
    }

    /// As whom the client is known: nobody in particular before CONNECTED.
    public String user() {
        return membership.identity().name();
    }

    private List<SessionAction> first(ClientFrame frame) throws Refusal {
        if (frame instanceof ClientFrame.Connect connect) {
            return connect(connect);
        }
        throw new Refusal(ErrorCode.NOT_CONNECTED, "The first frame must be CONNECT or STOMP.");
    }

    private List<SessionAction> connect(ClientFrame.Connect connect) throws Refusal {
        if (connect.version().isEmpty()) {
            return end(
                    new ServerFrame.Error(
                            "Unsupported protocol version",
                            ErrorCode.UNSUPPORTED_VERSION.code(),
                            Optional.empty(),
                            "This server speaks STOMP 1.0, 1.1 and 1.2.",
                            Map.of("version", "1.0,1.1,1.2")));
        }
        version = connect.version().get();
        clientId = DurableSubscriptions.clientId(connect);
        agreed =
                version == Version.V1_0
                        ? HeartBeat.NONE
                        : node.settings().agree(connect.heartBeat());
        return authenticate(attempt(connect));
    }

    private Attempt attempt(ClientFrame.Connect connect) throws Refusal {
        try {
            return caller.attempt(connect);
        } catch (Refusal unreadable) {
            trail.refused(Optional.empty(), unreadable.code());
            throw unreadable;
        }
    }

    private List<SessionAction> authenticate(Attempt next) {
        attempt = next;
        return List.of(new SessionAction.Authenticate(new Login(node.authenticator(), next)));
    }

    /// A frame has come that brings a token for the time after the present one; to be told before
    /// the frame itself. CONNECT's own token speaks for itself.
    ///
    /// @param authorization the header's value
    public List<SessionAction> renew(String authorization) {
        if (phase != Phase.CONNECTED) {
            return List.of();
        }
        try {
            return authenticate(caller.attempt(membership.renewal(authorization)));
        } catch (Refusal refusal) {
            return notRenewed(refusal);
        }
    }

    /// It is known now who the client is, or that it is nobody.
    public List<SessionAction> answered(Login.Answer answer) {
        return switch (answer) {
            case Login.Answer.Known(var proven) ->
                    phase == Phase.NEW ? authenticated(proven) : renewed(proven);
            case Login.Answer.Refused(var code, var why) ->
                    phase == Phase.NEW
                            ? refused(code, why)
                            : notRenewed(Membership.notRenewed(code, why));
        };
    }

    private List<SessionAction> refused(ErrorCode code, String why) {
        trail.refused(attempt.credentials(), code);
        return fail(code, Optional.empty(), why);
    }

    private List<SessionAction> renewed(Proven proven) {
        try {
            membership = membership.renewed(proven);
            trail.renewed(membership.identity());
            live.become(membership.identity());
            return membership.expiry();
        } catch (Refusal refusal) {
            return notRenewed(refusal);
        }
    }

    private List<SessionAction> notRenewed(Refusal refusal) {
        trail.notRenewed(membership.identity(), refusal.code());
        return fail(refusal.code(), Optional.empty(), refusal.text());
    }

    /// What proved who the client is has expired; nothing happens if it was renewed meanwhile.
    public List<SessionAction> expired(Instant at) {
        if (phase != Phase.CONNECTED || !membership.until().equals(Optional.of(at))) {
            return List.of();
        }
        Refusal expired = membership.expired();
        trail.expired(membership.identity(), expired.code());
        return fail(expired.code(), Optional.empty(), expired.text());
    }

    private List<SessionAction> authenticated(Proven proven) {
        membership = Membership.of(proven, attempt.credentials());
        Identity who = membership.identity();
        trail.connected(who, attempt.credentials());
        live = live(who);
        mark = DurableSubscriptions.mark(who, clientId, id);
        phase = Phase.CONNECTED;
        var connected =
                new ServerFrame.Connected(
                        version,
                        id,
                        node.settings().server(),
                        node.settings().heartBeat(),
                        who.anonymous() ? Optional.empty() : Optional.of(who.name()));
        List<SessionAction> actions = new ArrayList<>(3);
        actions.add(new SessionAction.Reply(connected));
        actions.add(new SessionAction.KeepAlive(agreed));
        actions.addAll(membership.expiry());
        return actions;
    }

    /// A message goes to the client.
    ///
    /// @param key its subscription
    /// @return its number within the connection, the second part of its `message-id`
    public long delivered(String key, Delivery delivery, Acknowledgement acknowledgement) {
        return live.delivered(key, delivery, acknowledgement);
    }

    /// The `reply-to` that a MESSAGE shows to this client; empty if it may not SEND there.
    ///
    /// @param replyTo where the message's sender waits for an answer
    public Optional<String> shownReplyTo(Target replyTo) {
        return live.shownReplyTo(replyTo);
    }

    /// The broker has taken responsibility for a message.
    public List<SessionAction> sendConfirmed(Optional<String> receipt) {
        return sendConfirmed(receipt, Map.of());
    }

    /// The broker has taken responsibility for a message.
    ///
    /// @param place what it said of where the message is: headers of the RECEIPT
    public List<SessionAction> sendConfirmed(Optional<String> receipt, Map<String, String> place) {
        live.sendConfirmed();
        return confirmed(receipt.stream().toList(), place);
    }

    private List<SessionAction> confirmed(List<String> receipts, Map<String, String> more) {
        if (phase == Phase.ENDED) {
            return List.of();
        }
        List<SessionAction> actions = new ArrayList<>(receipts.size() + 3);
        receipts.forEach(value ->
                actions.add(new SessionAction.Reply(new ServerFrame.Receipt(value, more))));
        if (phase == Phase.DISCONNECTING && !live.awaitsBrokers()) {
            actions.addAll(farewell());
        }
        return actions;
    }

    /// The broker has taken the settlements of the frames that asked for these receipts.
    public List<SessionAction> settled(List<String> receipts) {
        live.settled(receipts.size());
        return confirmed(receipts, Map.of());
    }

    /// D1: the receipt says that everything before it is done, so it waits for what brokers have
    /// not confirmed.
    private List<SessionAction> disconnect(ClientFrame.Disconnect disconnect) {
        phase = Phase.DISCONNECTING;
        disconnectReceipt = disconnect.receipt();
        return live.awaitsBrokers() ? List.of() : farewell();
    }

    private List<SessionAction> farewell() {
        List<SessionAction> actions = new ArrayList<>(3);
        actions.add(new SessionAction.Release());
        disconnectReceipt.ifPresent(value -> actions.add(receipt(value)));
        actions.add(new SessionAction.Close(lastWord));
        return actions;
    }

    /// A frame could not be decoded.
    public List<SessionAction> violated(ProtocolViolation violation) {
        return fail(
                violation.code(), "Malformed frame", violation.receipt(), violation.getMessage());
    }

    /// A broker could not or would not do what an action asked of it.
    public List<SessionAction> failed(BackendFailure failure, Optional<String> receipt) {
        return fail(failure.kind().code(), "Broker error", receipt, failure.getMessage());
    }

    /// A broker could not or would not do what this action asked of it.
    public List<SessionAction> failed(BackendFailure failure, SessionAction action) {
        return action instanceof SessionAction.Commit commit && commit.progress().spans()
                ? end(commit.progress().error(failure, commit.receipt()))
                : failed(failure, SessionAction.receipt(action));
    }

    /// A subscription has ended at the broker.
    public List<SessionAction> subscriptionEnded(BackendFailure failure) {
        return failed(failure, Optional.empty());
    }

    /// The rules are others now. What they take from the client it loses at once; a subscription of
    /// which they say something else ends when its time has come.
    ///
    /// @param due whether it has
    public List<SessionAction> rulesChanged(boolean due) {
        if (phase != Phase.CONNECTED) {
            return List.of();
        }
        try {
            Optional<String> outdated = live.rulesChanged();
            if (outdated.isPresent() && due) {
                throw Router.replaced(outdated.get());
            }
            return outdated.isPresent() ? List.of(new SessionAction.EndInTurn()) : List.of();
        } catch (Refusal refusal) {
            return fail(refusal.code(), Optional.empty(), refusal.text());
        }
    }

    /// The client reads more slowly than its messages come.
    public List<SessionAction> tooSlow() {
        return fail(
                ErrorCode.SLOW_CONSUMER,
                Optional.empty(),
                "Messages came faster than this client read them, and its queue is full.");
    }

    /// The connection cannot or must not go on, for a reason of its own or of an operator.
    ///
    /// @param text for the client
    public List<SessionAction> refuse(ErrorCode code, String text) {
        return fail(code, Optional.empty(), text);
    }

    /// The client was silent for longer than its heart-beat allows.
    public List<SessionAction> silent() {
        return fail(
                ErrorCode.HEART_BEAT_MISSED,
                Optional.empty(),
                "Nothing was heard from this client for more than twice its heart-beat.");
    }

    /// The time to CONNECT is over; nothing happens if the client has connected meanwhile.
    public List<SessionAction> connectTimeout() {
        if (phase != Phase.NEW) {
            return List.of();
        }
        return fail(ErrorCode.CONNECT_TIMEOUT, Optional.empty(), "No CONNECT frame came in time.");
    }

    /// The gateway goes away. The client gets the receipts for what its broker was given; what
    /// comes from it now is ignored: an ACK must not overtake the SEND before it.
    public List<SessionAction> shutDown(Duration retryAfter) {
        if (phase != Phase.CONNECTED || !live.awaitsBrokers()) {
            return phase == Phase.DISCONNECTING ? List.of() : shutDownNow(retryAfter);
        }
        phase = Phase.DISCONNECTING;
        lastWord = CloseReason.restart(retryAfter);
        return List.of();
    }

    /// The gateway goes away, and waits no longer.
    public List<SessionAction> shutDownNow(Duration retryAfter) {
        if (phase == Phase.ENDED) {
            return List.of();
        }
        phase = Phase.ENDED;
        return List.of(new SessionAction.Close(CloseReason.restart(retryAfter)));
    }

    /// Something broke that should not.
    public List<SessionAction> broken() {
        return fail(
                ErrorCode.INTERNAL_ERROR,
                Optional.empty(),
                "The gateway failed; its operator finds the reason in its log.");
    }

    private List<SessionAction> fail(ErrorCode code, Optional<String> receipt, String text) {
        return fail(code.code(), code.headline(), receipt, text);
    }

    private List<SessionAction> fail(
            String code, String headline, Optional<String> receipt, String text) {
        return end(new ServerFrame.Error(headline, code, receipt, text, Map.of()));
    }

    /// X1: in all versions an ERROR is the last frame of its connection.
    private List<SessionAction> end(ServerFrame.Error error) {
        if (phase == Phase.ENDED) {
            return List.of();
        }
        phase = Phase.ENDED;
        return List.of(
                new SessionAction.Reply(error),
                new SessionAction.Close(CloseReason.error(error.code())));
    }

    private static SessionAction receipt(String value) {
        return new SessionAction.Reply(new ServerFrame.Receipt(value, Map.of()));
    }

    private enum Phase {
        NEW,
        CONNECTED,
        DISCONNECTING,
        ENDED
    }
}
