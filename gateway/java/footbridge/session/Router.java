package footbridge.session;

import footbridge.access.Identity;
import footbridge.backend.Target;
import footbridge.mapping.Mappings;
import footbridge.mapping.Operation;
import footbridge.mapping.Route;
import java.lang.ref.WeakReference;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks the rules in force where a client's destination leads.
final class Router {

    private final Supplier<Mappings> mappings;
    private final AuditTrail trail;
    private Identity identity;
    private @Nullable Answer last;

    /// What the rules have said: most clients ask the same again and again. Does not keep rules
    /// that have been replaced.
    private record Answer(
            WeakReference<Mappings> by,
            Identity identity,
            Operation operation,
            String destination,
            Route route) {

        boolean isFor(Mappings rules, Identity who, Operation what, String where) {
            return by.refersTo(rules)
                    && identity.equals(who)
                    && operation == what
                    && destination.equals(where);
        }
    }

    Router(Supplier<Mappings> mappings, Identity identity, AuditTrail trail) {
        this.mappings = mappings;
        this.identity = identity;
        this.trail = trail;
    }

    /// From here on asks for the client as it is known now.
    void become(Identity renewed) {
        identity = renewed;
    }

    /// Where answers shall go: a place that the client may use itself, or it would have others do
    /// what it may not.
    ///
    /// @throws Refusal if it leads nowhere, or the client may neither SUBSCRIBE nor SEND there
    Target answersTo(String destination) throws Refusal {
        return look(Operation.SUBSCRIBE, destination) instanceof Route.Found found
                        && !isPattern(found.target())
                ? found.target()
                : route(Operation.SEND, destination).target();
    }

    /// The destination by which this client may SEND to a target; empty if there is none, and the
    /// client learns nothing of it.
    Optional<String> destinationOf(Target target) {
        return mappings.get().destinationOf(target, identity);
    }

    /// The destination by which this client may SUBSCRIBE to a target; empty if there is none.
    Optional<String> subscribableBy(Target target) {
        return mappings.get().destinationOf(Operation.SUBSCRIBE, target, identity);
    }

    static boolean isPattern(Target target) {
        return target instanceof Target.JmsTopic topic && topic.isPattern();
    }

    /// The rules in force.
    Mappings mappings() {
        return mappings.get();
    }

    Route look(Operation operation, String destination) {
        Mappings rules = mappings.get();
        Answer known = last;
        if (known != null && known.isFor(rules, identity, operation, destination)) {
            return known.route();
        }
        Route route = rules.route(operation, destination, identity);
        last = new Answer(new WeakReference<>(rules), identity, operation, destination, route);
        return route;
    }

    /// The rules are others now.
    void rulesChanged() {
        trail.forget();
    }

    /// What the rules say now of a subscription.
    ///
    /// @throws Refusal if the client could not make it any more
    Route.Found now(String destination) throws Refusal {
        Route route = look(Operation.SUBSCRIBE, destination);
        if (route instanceof Route.Found now) {
            return now;
        }
        trail.decided(identity, Operation.SUBSCRIBE, destination, route);
        throw changed(destination, "leads nowhere any more, or not for this client");
    }

    static Refusal replaced(String destination) {
        return changed(destination, "has a new rule; subscribe again");
    }

    private static Refusal changed(String destination, String how) {
        return new Refusal(
                ErrorCode.RULE_CHANGED,
                "The subscribed destination '%s' %s.".formatted(destination, how));
    }

    /// @throws Refusal if it leads nowhere, or not for this client
    Route.Found route(Operation operation, String destination) throws Refusal {
        Route route = look(operation, destination);
        trail.decided(identity, operation, destination, route);
        return switch (route) {
            case Route.Found found -> found;
            case Route.NotMapped _ ->
                    throw new Refusal(
                            ErrorCode.NO_SUCH_DESTINATION,
                            "No rule answers the destination '%s'.".formatted(destination));
            case Route.Closed closed ->
                    throw new Refusal(
                                    ErrorCode.ACCESS_DENIED,
                                    "The destination '%s' does not take %s from any client."
                                            .formatted(destination, operation))
                            .by(closed.rule());
            case Route.Denied denied ->
                    throw new Refusal(
                                    ErrorCode.ACCESS_DENIED,
                                    "This client may not %s at the destination '%s'."
                                            .formatted(operation, destination))
                            .by(denied.rule());
        };
    }
}
