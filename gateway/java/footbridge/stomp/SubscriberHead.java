package footbridge.stomp;

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

    /// The MESSAGE frame that carries `shared` to this subscription, as message
    /// `<prefix>-<number>`.
    ///
    /// @param number unique for this subscription; not negative
    /// @param withAck whether the client has to confirm: adds an `ack` header of the same value as
    ///   the message-id, in 1.2 only (M4)
    public WireFrame message(SharedMessage shared, long number, boolean withAck) {
        return message(shared, number, withAck, NOTHING);
    }

    /// As [#message], with headers that are meant for this subscriber only.
    public WireFrame message(
            SharedMessage shared, long number, boolean withAck, Map<String, String> own) {
        HeadWriter more = new HeadWriter(Escaping.of(version), 64);
        own.forEach((name, value) -> more.octet('\n').headerStart(name, value));
        return message(shared, number, withAck, more.toBytes());
    }

    /// @param more headers without the end of the last line
    private WireFrame message(SharedMessage shared, long number, boolean withAck, byte[] more) {
        if (number < 0 || shared.version() != version) {
            throw new IllegalArgumentException("no message of this subscription");
        }
        boolean ack = withAck && version == Version.V1_2;
        int digits = digits(number);
        int idEnd = untilNumber.length + digits;
        int end = ack ? idEnd + untilAckNumber.length + digits : idEnd;
        byte[] own = new byte[end + more.length + 1];
        write(untilNumber, number, own, idEnd, digits);
        if (ack) {
            write(untilAckNumber, number, own, end, digits);
        }
        System.arraycopy(more, 0, own, end, more.length);
        own[own.length - 1] = '\n';
        return new WireFrame(own, shared);
    }

    /// Writes `text` and then the digits of `number`, so that they end before `end`.
    private static void write(byte[] text, long number, byte[] own, int end, int digits) {
        System.arraycopy(text, 0, own, end - digits - text.length, text.length);
        long rest = number;
        for (int i = end - 1; i >= end - digits; i--) {
            own[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static int digits(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }
}
