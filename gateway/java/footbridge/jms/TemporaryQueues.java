package footbridge.jms;

import footbridge.backend.BackendFailure;
import footbridge.backend.Message;
import footbridge.backend.Target;
import footbridge.backend.Target.JmsTemporaryQueue;
import footbridge.jms.link.Address;
import footbridge.jms.link.Closing;
import footbridge.jms.link.Directory;
import footbridge.jms.link.Failures;
import footbridge.jms.link.LiveLink;
import footbridge.jms.message.ReplyTo;
import footbridge.jms.reading.TemporaryQueue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;

/// The queues on which one client waits for answers, each made when it is first needed. The broker
/// deletes them with the link, and the answers in them: a client whose queue was lost is told so.
///
/// Confined to the connection's thread.
final class TemporaryQueues {

    private final Directory directory;
    private final Map<String, Made> byName = new HashMap<>();

    /// A queue at the broker, good for one life of the link.
    record Made(LiveLink live, SimpleString queue) {}

    TemporaryQueues(Directory directory) {
        this.directory = directory;
    }

    /// The client's own queue of this name. Blocks for a round trip when it is new.
    ///
    /// @throws BackendFailure if it was lost with its link, or cannot be made
    Made own(LiveLink live, String name) throws BackendFailure {
        Made present = byName.get(name);
        if (present == null) {
            present = make(live);
            byName.put(name, present);
        }
        if (present.live() != live) {
            throw Failures.answersLost();
        }
        return present;
    }

    /// Where to send a message for `target`.
    Address addressOf(LiveLink live, Target target) throws BackendFailure {
        return target instanceof JmsTemporaryQueue(var _, var name, var own) && own
                ? new Address(own(live, name).queue(), RoutingType.ANYCAST)
                : directory.of(live, target);
    }

    /// The JMSReplyTo of a message, as Artemis' Jakarta Messaging client writes it.
    ///
    /// @throws BackendFailure if there is no such place: the answer would be dropped without a word
    Optional<SimpleString> replyTo(LiveLink live, Message message) throws BackendFailure {
        if (message.replyTo().isEmpty()) {
            return Optional.empty();
        }
        Target target = message.replyTo().get();
        return Optional.of(ReplyTo.written(target, addressOf(live, target).name()));
    }

    /// Deletes the queues. Their consumers are closed already. Blocks for a round trip for each, or
    /// for a bounded time altogether.
    void close() {
        List<Made> there = byName.values().stream().filter(made -> !made.live().lost()).toList();
        byName.clear();
        if (!there.isEmpty()) {
            Closing.andWait(there.getFirst().live(), () -> delete(there));
        }
    }

    private static void delete(List<Made> queues) throws ActiveMQException {
        for (Made made : queues) {
            made.live().tell(control -> control.deleteQueue(made.queue()));
        }
    }

    private static Made make(LiveLink live) throws BackendFailure {
        try {
            return new Made(live, live.ask(TemporaryQueue::createForAnswers));
        } catch (ActiveMQException e) {
            throw Failures.ofCall(live, e);
        }
    }
}
