package footbridge.mapping;

import footbridge.access.Grant;
import footbridge.backend.Backend;
import footbridge.backend.Target.Creation;

/// What a rule says beside where it leads, and what `defaults` can say for the rules of their file.
///
/// @param send who may SEND
/// @param subscribe who may SUBSCRIBE
/// @param sending what becomes of the messages that clients send
/// @param delivery how subscriptions get their messages
/// @param limits how much one client may do
/// @param creation what happens when the queue or topic does not exist
/// @param bestEffort whether a transaction may span this broker and others, of which one may commit
///   and the next fail
public record Terms(
        Access send,
        Access subscribe,
        SendTerms sending,
        DeliveryTerms delivery,
        Limits limits,
        Creation creation,
        boolean bestEffort) {

    /// What holds where no file says otherwise.
    public static final Terms BUILT_IN =
            new Terms(
                    Access.AUTHENTICATED,
                    Access.AUTHENTICATED,
                    SendTerms.BUILT_IN,
                    DeliveryTerms.BUILT_IN,
                    Limits.NONE,
                    Creation.NEVER,
                    false);

    public Terms admitting(Grant toSend, Grant toSubscribe) {
        return open(send.to(toSend), subscribe.to(toSubscribe));
    }

    public Terms open(Access toSend, Access toSubscribe) {
        return new Terms(toSend, toSubscribe, sending, delivery, limits, creation, bestEffort);
    }

    public Terms exactlyOnce(boolean demanded) {
        return new Terms(
                send,
                subscribe,
                sending.exactlyOnce(demanded),
                delivery,
                limits,
                creation,
                bestEffort);
    }

    /// What of it has a meaning for this target, where `defaults` are for all kinds.
    public Terms forTarget(TargetTemplate to) {
        return new Terms(
                send,
                subscribe,
                to.kind() == Backend.Kind.JMS ? sending : sending.forKafka(),
                delivery.forTarget(to),
                limits,
                creation,
                bestEffort);
    }
}
