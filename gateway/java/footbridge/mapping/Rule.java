package footbridge.mapping;

import footbridge.access.Grant;
import footbridge.access.Identity;

/// One rule of a rule file: a destination, what stands behind it, and who may use it.
///
/// @param destination the template's text, as in the file
/// @param send whom the rule admits to SEND
/// @param subscribe whom the rule admits to SUBSCRIBE
/// @param sendable false where the rule says `send: none`
/// @param subscribable false where the rule says `subscribe: none`
/// @param prefetch messages a subscription may hold unaccepted when its client does not say
/// @param nack what becomes of a message that its subscriber refuses; only JMS brokers ask
/// @param origin file and line, like `demo.yaml:12`
public record Rule(
        String destination,
        TargetTemplate to,
        Grant send,
        Grant subscribe,
        boolean sendable,
        boolean subscribable,
        int prefetch,
        Nack nack,
        String origin) {

    /// Whether the operation is switched on, for whomever.
    public boolean offers(Operation operation) {
        return switch (operation) {
            case SEND -> sendable;
            case SUBSCRIBE -> subscribable;
        };
    }

    /// Whether the rule lets this client do this. A rule whose target holds `{$user}` never admits
    /// an anonymous client: all of them would share one name.
    public boolean admits(Operation operation, Identity identity) {
        if (identity.anonymous() && to.personal()) {
            return false;
        }
        return grant(operation).admits(identity);
    }

    /// Whom the rule admits to the operation, where that is switched on.
    Grant grant(Operation operation) {
        return switch (operation) {
            case SEND -> send;
            case SUBSCRIBE -> subscribe;
        };
    }
}
