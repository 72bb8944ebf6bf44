package footbridge.mapping;

import footbridge.access.Grant;
import footbridge.access.Identity;

/// One rule of a rule file: a destination, what stands behind it, and who may use it.
///
/// @param destination the template's text, as in the file
/// @param origin file and line, like `demo.yaml:12`
/// @param id names it in metrics, the same when lines before it come or go: file and destination
public record Rule(String destination, TargetTemplate to, Terms terms, String origin, String id) {

    public Rule(String destination, TargetTemplate to, Terms terms, String origin) {
        this(destination, to, terms, origin, file(origin) + ":" + destination);
    }

    private static String file(String origin) {
        return origin.substring(0, Math.max(0, origin.lastIndexOf(':')));
    }

    /// How subscriptions get their messages.
    public DeliveryTerms delivery() {
        return terms.delivery();
    }

    /// What becomes of the messages that clients send.
    public SendTerms sending() {
        return terms.sending();
    }

    /// Whether a transaction may span the rule's broker and others.
    public boolean bestEffort() {
        return terms.bestEffort();
    }

    /// How much one client may do.
    public Limits limits() {
        return terms.limits();
    }

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

    /// How headers are changed on the way that the operation is about.
    HeaderTerms headers(Operation operation) {
        return switch (operation) {
            case SEND -> sending().headers();
            case SUBSCRIBE -> delivery().headers();
        };
    }

    private Access access(Operation operation) {
        return switch (operation) {
            case SEND -> terms.send();
            case SUBSCRIBE -> terms.subscribe();
        };
    }
}
