package footbridge.jms;

import footbridge.backend.BackendFailure;
import footbridge.backend.Confirmation;
import footbridge.backend.Message;
import footbridge.jms.link.Address;
import footbridge.jms.link.CoreSlot;
import footbridge.jms.link.Failures;
import footbridge.jms.link.LiveLink;
import footbridge.jms.message.OutgoingMessage;
import footbridge.jms.reading.Origin;
import java.time.Duration;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQInterruptedException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientProducer;
import org.apache.activemq.artemis.core.persistence.CoreMessageObjectPools;
import org.jspecify.annotations.Nullable;

/// Sends the messages of one client, on a core session that does nothing else: an address whose
/// policy is BLOCK parks this client when it is full, and nobody else.
///
/// Confined to the connection's thread.
final class Sender {

    private final CoreSlot slot = new CoreSlot(LiveLink::openWriting);
    private final OpenSends open = new OpenSends();
    private final Origin origin;
    private final RoomWait room;
    private @Nullable Producing producing;

    /// @param origin marks what is sent to topics
    Sender(Origin origin, RoomWait room) {
        this.origin = origin;
        this.room = room;
    }

    /// What a send needs, for as long as the core session lives.
    private record Producing(
            LiveLink live, ClientProducer producer, CoreMessageObjectPools repeated) {}

    /// Hands the message over without waiting for the answer. Blocks for a round trip when it is
    /// the first one on `live`, and for as long as the broker grants this client no room at a full
    /// address; an interrupt ends that with an [ActiveMQInterruptedException].
    ///
    /// @param replyTo the message's JMSReplyTo
    void send(
            LiveLink live,
            Address address,
            Message message,
            Optional<SimpleString> replyTo,
            Confirmation confirmation)
            throws BackendFailure {
        Producing to = producingOn(live);
        ClientMessage made = OutgoingMessage.of(message, address.routing(), replyTo, to.repeated());
        origin.stamp(made);
        var pending = new PendingSend(live, open.add(confirmation));
        try {
            room.during(() -> to.producer().send(address.name(), made, pending));
        } catch (ActiveMQException | RuntimeException e) {
            notHandedOver(live, pending, e);
        }
        if (live.lost()) {
            pending.fail(Failures.outcomeUnknown());
        }
    }

    /// Waits until the broker has answered all sends.
    ///
    /// @throws BackendFailure if one of them failed meanwhile, or the answers took too long; a
    ///   transaction that comes after them has not begun
    void awaitAnswers(Duration longest) throws BackendFailure, InterruptedException {
        Optional<BackendFailure> failure = open.await(longest);
        if (failure.isPresent()) {
            throw Failures.earlierSendFailed(failure.get());
        }
    }

    /// Blocks for a round trip. Sends that were not confirmed by then fail.
    void close() {
        slot.close();
    }

    private Producing producingOn(LiveLink live) throws BackendFailure {
        Producing present = producing;
        if (present != null && present.live() == live && !present.producer().isClosed()) {
            return present;
        }
        try {
            var made =
                    new Producing(
                            live, slot.on(live).createProducer(), new CoreMessageObjectPools());
            producing = made;
            return made;
        } catch (ActiveMQException e) {
            throw Failures.ofCall(live, e);
        }
    }

    /// Throws, unless the loss of the link has told the client already how the send ended.
    private void notHandedOver(LiveLink live, PendingSend pending, Exception why)
            throws BackendFailure {
        if (!pending.claim()) {
            return;
        }
        open.remove();
        if (why instanceof ActiveMQInterruptedException interrupted) {
            throw interrupted;
        }
        if (live.lost()) {
            throw Failures.outcomeUnknown(why);
        }
        if (why instanceof RuntimeException ours) {
            throw ours;
        }
        throw Failures.ofSend(live, why);
    }
}
