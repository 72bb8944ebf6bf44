package footbridge.jms;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.jms.link.Directory;
import footbridge.jms.link.Failures;
import footbridge.jms.link.LiveLink;
import footbridge.jms.link.Management;
import footbridge.jms.reading.HeldDelivery;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSession.QueueQuery;

/// Knows the dead-letter addresses of queues, and that something is there to take what is sent.
///
/// The gateway's own account asks, whoever the client is. Remembered for a second, as in
/// [Directory]. Safe for use by any thread; a question takes about ten round trips.
final class DeadLetters {

    private static final long REMEMBERED_NANOS = Duration.ofSeconds(1).toNanos();

    private final Map<SimpleString, Known> known = new ConcurrentHashMap<>();

    /// @param until by [System#nanoTime]
    private record Known(LiveLink link, SimpleString address, long until) {}

    /// Where the broker puts what it gives up on, from the queue of `held`.
    ///
    /// @throws BackendFailure if it would put it nowhere
    SimpleString addressFor(LiveLink clients, HeldDelivery held) throws BackendFailure {
        LiveLink live = clients.shared();
        SimpleString queue = held.queue();
        Known found = known.get(queue);
        if (found != null && found.link() == live && found.until() - System.nanoTime() > 0) {
            return found.address();
        }
        SimpleString address = ask(live, held);
        if (known.size() >= Directory.MOST_NAMES) {
            known.clear();
        }
        known.put(queue, new Known(live, address, System.nanoTime() + REMEMBERED_NANOS));
        return address;
    }

    private static SimpleString ask(LiveLink live, HeldDelivery held) throws BackendFailure {
        try {
            SimpleString address =
                    Management.deadLetterAddress(live, held.queue())
                            .orElseThrow(
                                    () -> refused("no dead-letter address is configured for this"));
            SimpleString origin = held.message().getAddressSimpleString();
            if (!live.ask(control -> takes(control, address, origin))) {
                throw refused("the dead-letter address has no queue for this");
            }
            return address;
        } catch (ActiveMQException e) {
            throw Failures.nothingDone(Failures.ofCall(live, e));
        }
    }

    /// The broker makes filters of just this form where it creates dead-letter queues by itself.
    /// Whether any other lets the message pass is more than we can know.
    private static boolean takes(
            ClientSession control, SimpleString deadLetterAddress, SimpleString origin)
            throws ActiveMQException {
        SimpleString ownFilter =
                SimpleString.of("%s = '%s'".formatted(Message.HDR_ORIGINAL_ADDRESS, origin));
        for (SimpleString queue : control.addressQuery(deadLetterAddress).getQueueNames()) {
            QueueQuery found = control.queueQuery(queue);
            SimpleString filter = found.getFilterString();
            if (found.isExists() && (filter == null || filter.equals(ownFilter))) {
                return true;
            }
        }
        return false;
    }

    private static BackendFailure refused(String why) {
        return new BackendFailure(Kind.REFUSED, why + "; nothing was done");
    }
}
