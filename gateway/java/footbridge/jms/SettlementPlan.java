package footbridge.jms;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.Settlement;
import footbridge.jms.link.LiveLink;
import footbridge.jms.reading.HeldDelivery;
import footbridge.jms.reading.QueueSubscription;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.api.core.SimpleString;

/// Settlements sorted by what they ask of the broker, each checked to be for a message that the
/// client holds.
///
/// @param forgotten what the broker forgets
/// @param deadLetters what goes to a dead-letter address, and to which
/// @param redelivered what counts as a failed attempt
record SettlementPlan(
        List<HeldDelivery> forgotten,
        Map<HeldDelivery, SimpleString> deadLetters,
        List<HeldDelivery> redelivered) {

    /// Blocks for some round trips when there are dead letters.
    ///
    /// @throws BackendFailure if any one cannot be settled
    static SettlementPlan of(LiveLink live, List<Settlement> settlements, DeadLetters deadLetters)
            throws BackendFailure {
        var plan = new SettlementPlan(new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>());
        Set<HeldDelivery> seen = new HashSet<>();
        for (Settlement settlement : settlements) {
            HeldDelivery held = held(settlement, live);
            if (!seen.add(held)) {
                throw new BackendFailure(Kind.REFUSED, "a message can be settled only once");
            }
            switch (settlement.outcome()) {
                case ACKNOWLEDGED, DISCARD -> plan.forgotten.add(held);
                case REDELIVER -> plan.redelivered.add(held);
                case DEAD_LETTER -> plan.bury(held, live, deadLetters);
            }
        }
        return plan;
    }

    /// What is too large was not read and cannot be put elsewhere: the broker does it in the end.
    private void bury(HeldDelivery held, LiveLink live, DeadLetters deadLettersOfBroker)
            throws BackendFailure {
        if (held.tooLarge()) {
            redelivered.add(held);
        } else {
            deadLetters.put(held, deadLettersOfBroker.addressFor(live, held));
        }
    }

    boolean onlyRedelivers() {
        return forgotten.isEmpty() && deadLetters.isEmpty();
    }

    private static HeldDelivery held(Settlement settlement, LiveLink live) throws BackendFailure {
        if (settlement.subscription() instanceof QueueSubscription subscription) {
            return subscription.held(settlement.delivery(), live);
        }
        throw new BackendFailure(
                Kind.UNSUPPORTED, "nothing is settled on a topic that is shared by its readers");
    }
}
