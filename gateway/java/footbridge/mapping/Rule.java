package footbridge.mapping;

import footbridge.access.Grant;
import footbridge.access.Identity;

/// One rule of a rule file: a destination, what stands behind it, and who may use it.
///
/// @param destination the template's text, as in the file
/// @param send who may SEND
/// @param subscribe who may SUBSCRIBE
/// @param delivery how subscriptions get their messages
/// @param origin file and line, like `demo.yaml:12`
public record Rule(
        String destination,
        TargetTemplate to,
        Access send,
        Access subscribe,
        DeliveryTerms delivery,
        String origin) {

    /// Whether the operation is switched on, for whomever.
    public boolean offers(Operation operation) {
        return access(operation).open();
    }

    /// Whether the rule lets this client do this. A rule whose target holds what is known of the
    /// client never admits an anonymous one: all of them would share one name.
    public boolean admits(Operation operation, Identity identity) {
        if (identity.anonymous() && !to.personal().isEmpty()) {
            return false;
        }
        return access(operation).admits(identity);
    }

    /// Whom the rule admits to the operation, where that is switched on.
    Grant grant(Operation operation) {
        return access(operation).grant();
    }

    private Access access(Operation operation) {
        return switch (operation) {
            case SEND -> send;
            case SUBSCRIBE -> subscribe;
        };
    }
}
