package footbridge.stomp;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A frame that the server sends, but for MESSAGE, which is made of a [SubscriberHead] and a
/// [SharedMessage].
public sealed interface ServerFrame {

    /// Room for the head of a frame that is sent once in a connection's life.
    int EXPECTED = 256;

    /// The frame as `version`, the connection's, has it on the wire.
    WireFrame encode(Version version);

    /// The session is open.
    ///
    /// @param version the one agreed on (C7)
    /// @param heartBeat what we offer (B10); not sent in 1.0, which knows none (B9)
    /// @param userName who we took the client for
    record Connected(
            Version version,
            String session,
            String server,
            HeartBeat heartBeat,
            Optional<String> userName)
            implements ServerFrame {

        @Override
        public WireFrame encode(Version version) {
            HeadWriter head = HeadWriter.of(Command.CONNECTED, version, EXPECTED);
            head.header("version", this.version.text());
            if (this.version != Version.V1_0) {
                head.header("heart-beat", heartBeat.text());
            }
            head.header("session", session).header("server", server);
            userName.ifPresent(name -> head.header("user-name", name));
            return new WholeFrame(head.octet('\n').octet(0).toBytes());
        }
    }

    /// A frame has taken effect (R1).
    ///
    /// @param headers more to say; usually nothing
    record Receipt(String receiptId, Map<String, String> headers) implements ServerFrame {

        private static final Set<String> OURS = Set.of("receipt-id");

        public Receipt {
            headers = headers.isEmpty() ? Map.of() : ordered(headers);
        }

        @Override
        public WireFrame encode(Version version) {
            Escaping escaping = Escaping.of(version);
            int expected =
                    HeadText.headerLength(escaping, "receipt-id", receiptId)
                            + HeadText.headersLength(escaping, headers, OURS::contains)
                            + 2;
            return new WholeFrame(
                    HeadWriter.of(Command.RECEIPT, version, expected)
                            .header("receipt-id", receiptId)
                            .headers(headers, OURS::contains)
                            .octet('\n')
                            .octet(0)
                            .toBytes());
        }
    }

    /// The session ends with an error (X1 to X4).
    ///
    /// @param message what happened, in a few words
    /// @param code the same for programs: stable and documented
    /// @param receiptId the `receipt` header of the offending frame
    /// @param body what happened and what to do, as plain text
    /// @param headers more to say; usually nothing
    @SuppressWarnings("JavaLangClash") // a STOMP word, always written ServerFrame.Error
    record Error(
            String message,
            String code,
            Optional<String> receiptId,
            String body,
            Map<String, String> headers)
            implements ServerFrame {

        private static final Set<String> OURS =
                Set.of("message", "code", "receipt-id", "content-type", "content-length");

        public Error {
            headers = ordered(headers);
        }

        @Override
        public WireFrame encode(Version version) {
            byte[] octets = body.getBytes(StandardCharsets.UTF_8);
            HeadWriter head = HeadWriter.of(Command.ERROR, version, EXPECTED + octets.length);
            head.header("message", message).header("code", code);
            receiptId.ifPresent(id -> head.header("receipt-id", id));
            return new WholeFrame(
                    head.header("content-type", "text/plain")
                            .header("content-length", octets.length)
                            .headers(headers, OURS::contains)
                            .octet('\n')
                            .octets(octets)
                            .octet(0)
                            .toBytes());
        }
    }

    private static Map<String, String> ordered(Map<String, String> headers) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
}
