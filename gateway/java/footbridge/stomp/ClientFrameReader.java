package footbridge.stomp;

import java.util.Optional;

/// Makes a [ClientFrame] of one frame.
final class ClientFrameReader {

    private final Frame frame;
    private final Headers headers;
    private final Version version;

    ClientFrameReader(Frame frame, Version version) {
        this.frame = frame;
        this.headers = frame.headers();
        this.version = version;
    }

    ClientFrame read() throws ProtocolViolation {
        try {
            return clientFrame();
        } catch (ProtocolViolation violation) {
            throw frame.command().connects() ? violation : violation.withReceipt(receipt());
        }
    }

    private ClientFrame clientFrame() throws ProtocolViolation {
        return switch (frame.command()) {
            case CONNECT, STOMP -> connect();
            case SEND ->
                    new ClientFrame.Send(
                            required("destination"),
                            transaction(),
                            receipt(),
                            headers,
                            frame.body());
            case SUBSCRIBE -> subscribe();
            case UNSUBSCRIBE -> unsubscribe();
            case ACK -> new ClientFrame.Ack(ackId(), subscription(), transaction(), receipt());
            case NACK -> nack();
            case BEGIN -> new ClientFrame.Begin(required("transaction"), receipt());
            case COMMIT -> new ClientFrame.Commit(required("transaction"), receipt());
            case ABORT -> new ClientFrame.Abort(required("transaction"), receipt());
            case DISCONNECT -> new ClientFrame.Disconnect(receipt());
            case CONNECTED, MESSAGE, RECEIPT, ERROR -> throw unknownCommand();
        };
    }

    private ClientFrame connect() throws ProtocolViolation {
        Optional<Version> common = Version.negotiate(headers.first("accept-version"));
        return new ClientFrame.Connect(
                common,
                headers.first("host"),
                headers.first("login"),
                headers.first("passcode"),
                heartBeat(common.orElse(Version.V1_0)),
                headers);
    }

    /// 1.0 knows no heart-beats (B9), so there the header is like any other.
    private HeartBeat heartBeat(Version common) throws ProtocolViolation {
        Optional<String> header = headers.first("heart-beat");
        return header.isEmpty() || common == Version.V1_0
                ? HeartBeat.NONE
                : HeartBeat.parse(header.get());
    }

    private ClientFrame subscribe() throws ProtocolViolation {
        String destination = required("destination");
        return new ClientFrame.Subscribe(
                requiredUnless(Version.V1_0, "id"), destination, ackMode(), receipt(), headers);
    }

    /// Ambiguity 34. Mode client-individual came with 1.1, but is taken in 1.0 too.
    private AckMode ackMode() throws ProtocolViolation {
        return AckMode.of(headers.first("ack").orElse(AckMode.AUTO.text()))
                .orElseThrow(() ->
                        new ProtocolViolation(
                                ProtocolViolation.INVALID_HEADER,
                                "The header ack must be auto, client or" + " client-individual"));
    }

    private ClientFrame unsubscribe() throws ProtocolViolation {
        Optional<String> id = headers.first("id");
        Optional<String> destination = headers.first("destination");
        if (id.isEmpty() && (version != Version.V1_0 || destination.isEmpty())) {
            throw missing("id");
        }
        return new ClientFrame.Unsubscribe(id, destination, receipt(), headers);
    }

    private ClientFrame nack() throws ProtocolViolation {
        if (version == Version.V1_0) {
            throw unknownCommand();
        }
        return new ClientFrame.Nack(ackId(), subscription(), transaction(), receipt(), headers);
    }

    private String ackId() throws ProtocolViolation {
        return required(version == Version.V1_2 ? "id" : "message-id");
    }

    private Optional<String> subscription() throws ProtocolViolation {
        return version == Version.V1_1
                ? Optional.of(required("subscription"))
                : headers.first("subscription");
    }

    private Optional<String> transaction() {
        return headers.first("transaction");
    }

    private Optional<String> receipt() {
        return headers.first("receipt");
    }

    private Optional<String> requiredUnless(Version lenient, String name) throws ProtocolViolation {
        return version == lenient ? headers.first(name) : Optional.of(required(name));
    }

    private String required(String name) throws ProtocolViolation {
        return headers.first(name).orElseThrow(() -> missing(name));
    }

    private ProtocolViolation missing(String name) {
        return new ProtocolViolation(
                ProtocolViolation.MISSING_HEADER,
                "%s needs the header %s in STOMP %s"
                        .formatted(frame.command(), name, version.text()));
    }

    private ProtocolViolation unknownCommand() {
        return new ProtocolViolation(
                ProtocolViolation.UNKNOWN_COMMAND,
                "%s is no command of a client in STOMP %s"
                        .formatted(frame.command(), version.text()));
    }
}
