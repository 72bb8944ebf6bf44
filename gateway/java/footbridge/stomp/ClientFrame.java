package footbridge.stomp;

import java.nio.ByteBuffer;
import java.util.Optional;

/// A frame that a client may send, with the headers that its command needs.
public sealed interface ClientFrame {

    /// The `receipt` header, which any frame but CONNECT may carry (H3).
    Optional<String> receipt();

    /// Checks `frame` by the rules of `version`.
    ///
    /// @param version that of the session; for CONNECT and STOMP it does not matter
    /// @throws ProtocolViolation if the command is none of a client in this version, if a header is
    ///   missing, or if one has a value that the protocol does not know
    static ClientFrame of(Frame frame, Version version) throws ProtocolViolation {
        return new ClientFrameReader(frame, version).read();
    }

    /// Opens the session: CONNECT, or STOMP, which means the same (C3).
    ///
    /// @param version highest that both sides speak; empty if there is none (N4)
    /// @param heartBeat what the client offers; [HeartBeat#NONE] in 1.0 (B9)
    /// @param headers all of them, also those above
    record Connect(
            Optional<Version> version,
            Optional<String> host,
            Optional<String> login,
            Optional<String> passcode,
            HeartBeat heartBeat,
            Headers headers)
            implements ClientFrame {

        @Override
        public Optional<String> receipt() {
            return Optional.empty();
        }

        /// For tests and debuggers; shows no passcode.
        @Override
        public String toString() {
            return "Connect[version=%s, headers=%s]".formatted(version, headers);
        }
    }

    /// Sends a message to `destination`.
    ///
    /// @param headers all of them, also those above
    /// @param body whoever hands it over never moves the buffer again
    record Send(
            String destination,
            Optional<String> transaction,
            Optional<String> receipt,
            Headers headers,
            ByteBuffer body)
            implements ClientFrame {

        public Send {
            body = body.isReadOnly() ? body : body.asReadOnlyBuffer();
        }

        /// The body, in a read-only buffer of the caller's own over the shared octets.
        @Override
        public ByteBuffer body() {
            return body.duplicate();
        }
    }

    /// Asks for the messages of `destination`.
    ///
    /// @param id unique within the connection; always there from 1.1 (S3, ambiguity 10)
    /// @param headers all of them, also those above
    record Subscribe(
            Optional<String> id,
            String destination,
            AckMode ackMode,
            Optional<String> receipt,
            Headers headers)
            implements ClientFrame {}

    /// Ends a subscription, named by its id or, in 1.0 only, by its destination (U1, U2). One of
    /// the two is always there, from 1.1 the id.
    ///
    /// @param headers all of them, also those above
    record Unsubscribe(
            Optional<String> id,
            Optional<String> destination,
            Optional<String> receipt,
            Headers headers)
            implements ClientFrame {}

    /// Confirms a message.
    ///
    /// @param id the message's `ack` header in 1.2, its `message-id` before (K5)
    /// @param subscription always there in 1.1
    record Ack(
            String id,
            Optional<String> subscription,
            Optional<String> transaction,
            Optional<String> receipt)
            implements ClientFrame {}

    /// Gives a message back; its headers are those of [Ack] (K7).
    ///
    /// @param headers all of them, also those above
    record Nack(
            String id,
            Optional<String> subscription,
            Optional<String> transaction,
            Optional<String> receipt,
            Headers headers)
            implements ClientFrame {}

    /// Opens a transaction.
    record Begin(String transaction, Optional<String> receipt) implements ClientFrame {}

    /// Makes a transaction take effect.
    record Commit(String transaction, Optional<String> receipt) implements ClientFrame {}

    /// Forgets a transaction.
    record Abort(String transaction, Optional<String> receipt) implements ClientFrame {}

    /// Ends the session.
    record Disconnect(Optional<String> receipt) implements ClientFrame {}
}
