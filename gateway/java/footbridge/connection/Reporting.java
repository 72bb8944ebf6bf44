package footbridge.connection;

import footbridge.connection.report.ConnectionView;
import footbridge.connection.report.Refused;
import footbridge.connection.report.RuleObserver;
import footbridge.connection.report.SubscriptionView;
import footbridge.session.Session;
import footbridge.session.SessionAction;
import footbridge.stomp.ServerFrame;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What one connection tells of itself: to its observer as it happens, and to operators who ask.
/// Confined to the connection's thread, [#view] aside.
final class Reporting {

    private final String id;
    private final Arrival arrival;
    private final ConnectionObserver observer;
    private final Session session;
    private final Instant since = Instant.now();
    private final AtomicLong sent = new AtomicLong();
    private volatile String user = "";

    /// Most clients send by the same rule again and again.
    private @Nullable String lastRule;

    private @Nullable RuleObserver last;
    private Optional<String> blamed = Optional.empty();

    Reporting(String id, Arrival arrival, ConnectionObserver observer, Session session) {
        this.session = session;
        this.id = id;
        this.arrival = arrival;
        this.observer = observer;
    }

    /// Who hears of the messages of a rule.
    @SuppressWarnings("ReferenceEquality") // of a rule that was loaded again there is a new id
    RuleObserver rule(String rule) {
        RuleObserver known = last;
        if (known != null && rule == lastRule) {
            return known;
        }
        RuleObserver asked = observer.rule(rule);
        last = asked;
        lastRule = rule;
        return asked;
    }

    /// The id of the rule that led to a subscription's target.
    String ruleOf(SessionAction.Subscribe request) {
        return session.ruleOf(request.key());
    }

    /// It is known now who the client is.
    void connected() {
        user = session.user();
    }

    void sent(SessionAction.Send send) {
        sent.lazySet(sent.get() + 1);
        rule(send.rule()).sent(send.message().size());
    }

    void confirmed(SessionAction.Send send) {
        rule(send.rule())
                .confirmed(System.nanoTime() - send.message().made(), send.receipt().isPresent());
    }

    /// What comes next has its cause under this rule.
    ///
    /// @param rule nothing for none
    void blame(String rule) {
        blamed = Optional.of(rule).filter(name -> !name.isEmpty());
    }

    /// A broker did not do this.
    void blame(SessionAction action) {
        switch (action) {
            case SessionAction.Send send -> blame(send.rule());
            case SessionAction.Subscribe request -> blame(ruleOf(request));
            default -> blame("");
        }
    }

    void refused(ServerFrame.Error error) {
        observer.refused(
                new Refused(
                        Instant.now(),
                        id,
                        user,
                        arrival.address(),
                        error.code(),
                        error.body(),
                        blamed.or(session::blamed)));
    }

    /// Any thread.
    ConnectionView view(long unwritten, List<SubscriptionView> subscriptions) {
        return new ConnectionView(
                id,
                user,
                arrival.listener(),
                arrival.address(),
                since,
                sent.get(),
                unwritten,
                subscriptions);
    }
}
