package footbridge.stomp;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/// The part of MESSAGE heads that belongs to one subscription, encoded once. It comes first, so
/// that no header of a message can take its place (E10, M5). Immutable.
public final class SubscriberHead {

    private static final byte[] NOTHING = {};

    private final Version version;

    /// From the command to the digits of the message-id.
    private final byte[] untilNumber;

    /// From the end of the message-id to the digits of the ack header.
    private final byte[] untilAckNumber;

    /// Further headers, without the end of the last line.
    private final byte[] more;

    /// With no headers beside those of the protocol.
    public SubscriberHead(
            Version version,
            Optional<String> subscriptionId,
            String destination,
            String messageIdPrefix) {
        this(version, subscriptionId, destination, Map.of(), messageIdPrefix);
    }

    /// @param version that of the connection
    /// @param subscriptionId the client's; none where 1.0 gave none (M2)
    /// @param destination the one that the client subscribed to
    /// @param added headers that each of its messages carries
    /// @param messageIdPrefix unique for the subscription within the connection; ASCII
    public SubscriberHead(
            Version version,
            Optional<String> subscriptionId,
            String destination,
            Map<String, String> added,
            String messageIdPrefix) {
        this.version = version;
        more = NOTHING;
        HeadWriter head = HeadWriter.of(Command.MESSAGE, version, 256);
        subscriptionId.ifPresent(id -> head.header("subscription", id));
        head.header("destination", destination);
        added.forEach(head::header);
        untilNumber = head.headerStart("message-id", messageIdPrefix + "-").toBytes();
        untilAckNumber =
                new HeadWriter(Escaping.of(version), 64)
                        .octet('\n')
                        .headerStart("ack", messageIdPrefix + "-")
                        .toBytes();
    }

    /// The same, with more at its end.
    private SubscriberHead(SubscriberHead other, byte[] more) {
        version = other.version;
        untilNumber = other.untilNumber;
        untilAckNumber = other.untilAckNumber;
        this.more = more;
    }

    /// The MESSAGE frame that carries `shared` to this subscription, as message
    /// `<prefix>-<number>`.
    ///
    /// @param number unique for this subscription; not negative
    /// @param withAck whether the client has to confirm: adds an `ack` header of the same value as
    ///   the message-id, in 1.2 only (M4)
    public WireFrame message(SharedMessage shared, long number, boolean withAck) {
        if (number < 0 || shared.version() != version) {
            throw new IllegalArgumentException("no message of this subscription");
        }
        return new MessageFrame(this, shared, number, withAck && version == Version.V1_2);
    }

    /// As [#message], with headers that are meant for this subscriber only.
    public WireFrame message(
            SharedMessage shared, long number, boolean withAck, Map<String, String> own) {
        HeadWriter head = new HeadWriter(Escaping.of(version), 64);
        own.forEach((name, value) -> head.octet('\n').headerStart(name, value));
        return new SubscriberHead(this, head.toBytes()).message(shared, number, withAck);
    }

    /// How many octets [#write] writes.
    int size(long number, boolean withAck) {
        int digits = Decimal.length(number);
        int ack = withAck ? untilAckNumber.length + digits : 0;
        return untilNumber.length + digits + ack + more.length + 1;
    }

    void write(long number, boolean withAck, ByteBuffer target) {
        target.put(untilNumber);
        Decimal.write(number, target);
        if (withAck) {
            target.put(untilAckNumber);
            Decimal.write(number, target);
        }
        target.put(more).put((byte) '\n');
    }
}
