package footbridge.stomp;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads heads: the command, the header lines and the empty line, with the EOLs before them (F5).
final class HeadReader {

    private static final String CONTENT_LENGTH = "content-length";
    private static final int ABSENT = -1;

    /// Names worth recognising; any other costs a `String` each time.
    private static final String[] NAMES =
            """
            destination content-type content-length receipt id ack subscription transaction
            message-id selector persistent priority expires expiration correlation-id reply-to type
            timestamp redelivered delivery-count host login passcode accept-version heart-beat
            version session server user-name client-id receipt-id message code prefetch-count
            traceparent durable-subscription-name JMSXGroupID kafka-topic kafka-partition
            kafka-offset kafka-key
            """
                    .strip()
                    .split("\\s+", -1);

    private static final WireWords WORDS = new WireWords(NAMES);

    private final DecoderLimits limits;
    private final LineReader line = new LineReader();
    private final Headers.Builder headers = new Headers.Builder();

    private @Nullable Command command;
    private Escaping escaping = Escaping.LITERAL;
    private final RepeatedValues repeated = new RepeatedValues();
    private int count;
    private int contentLength = ABSENT;
    private int octets;

    HeadReader(DecoderLimits limits) {
        this.limits = limits;
    }

    /// Reads on; true when the empty line has been read.
    ///
    /// @param version empty as long as the client has not told its version: a CR before LF is
    ///   dropped as in 1.2 then, whatever the version turns out to be
    boolean read(ByteBuffer chunk, Optional<Version> version) throws ProtocolViolation {
        while (nextLine(chunk, version)) {
            if (line.size() > 0) {
                readLine(version);
            } else if (command != null) {
                return true;
            }
        }
        return false;
    }

    Command command() {
        return Objects.requireNonNull(command);
    }

    Headers headers() {
        return headers.build();
    }

    /// The length of the body in octets; negative if a NUL ends it (F12, F13).
    int contentLength() {
        return contentLength;
    }

    /// The `receipt` header, as far as it has been read; CONNECT has none (H3).
    Optional<String> receipt() {
        return command == null || command.connects() ? Optional.empty() : headers.first("receipt");
    }

    /// Octets of memory that the unfinished head occupies, roughly.
    int held() {
        return line.held() + octets + repeated.held();
    }

    /// Makes ready for the next frame.
    void reset() {
        command = null;
        headers.reset();
        count = 0;
        contentLength = ABSENT;
        octets = 0;
    }

    /// Lets go of the chunk.
    void release() {
        line.release();
    }

    private boolean nextLine(ByteBuffer chunk, Optional<Version> version) throws ProtocolViolation {
        int limit = command == null ? limits.command() : limits.headerLine();
        if (!line.read(chunk, limit)) {
            checkLength(limit);
            return false;
        }
        // Between frames a CR before LF can mean nothing else, so it is an EOL in any version.
        boolean betweenFrames = command == null && line.size() == 1;
        if (betweenFrames || version.isEmpty() || version.get() == Version.V1_2) {
            line.dropCr();
        }
        return true;
    }

    private void checkLength(int limit) throws ProtocolViolation {
        if (!line.exceeds(limit)) {
            return;
        }
        if (command == null) {
            throw new ProtocolViolation(
                    ProtocolViolation.COMMAND_TOO_LONG,
                    "A command may have %d octets at most".formatted(limit));
        }
        throw new ProtocolViolation(
                ProtocolViolation.HEADER_TOO_LONG,
                "A header line may have %d octets at most".formatted(limit));
    }

    private void readLine(Optional<Version> version) throws ProtocolViolation {
        if (command == null) {
            readCommand(version.orElse(Version.V1_2));
        } else {
            readHeader(version);
        }
    }

    private void readCommand(Version version) throws ProtocolViolation {
        Command found =
                Command.of(line.octets(), line.from(), line.to())
                        .orElseThrow(() ->
                                new ProtocolViolation(
                                        ProtocolViolation.UNKNOWN_COMMAND,
                                        "The frame begins with no command of STOMP"));
        escaping = Escaping.of(version, found);
        command = found;
    }

    private void readHeader(Optional<Version> version) throws ProtocolViolation {
        if (line.colon() <= line.from()) {
            throw new ProtocolViolation(
                    ProtocolViolation.MALFORMED_FRAME,
                    "A header line must have a name and a colon");
        }
        if (++count > limits.headers()) {
            throw new ProtocolViolation(
                    ProtocolViolation.TOO_MANY_HEADERS,
                    "A frame may have %d headers at most".formatted(limits.headers()));
        }
        octets += line.size();
        int known = WORDS.find(line.octets(), line.from(), line.colon());
        String name = known >= 0 ? NAMES[known] : name();
        String value = value(known, version.isPresent() && version.get() == Version.V1_0);
        if (contentLength == ABSENT && name.equals(CONTENT_LENGTH)) {
            contentLength = length(version.isEmpty() ? Headers.trim(value) : value);
        }
        headers.add(name, value);
    }

    private String name() throws ProtocolViolation {
        return escaping.decode(line.octets(), line.from(), line.colon(), line.holds());
    }

    private String value(int known, boolean trims) throws ProtocolViolation {
        int from = line.colon() + 1;
        String value =
                line.holds() == Escaping.PLAIN && RepeatedValues.keeps(known, line.to() - from)
                        ? repeated.value(known, line.octets(), from, line.to())
                        : escaping.decode(line.octets(), from, line.to(), line.holds());
        return trims ? Headers.trim(value) : value;
    }

    /// Ambiguity 22: plain decimal digits, no more than the limit (L3).
    private int length(String digits) throws ProtocolViolation {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new ProtocolViolation(
                    ProtocolViolation.INVALID_HEADER,
                    "The header content-length must be a number of octets, in decimal digits");
        }
        long length = 0;
        for (int i = 0; i < digits.length() && length <= limits.body(); i++) {
            length = length * 10 + digits.charAt(i) - '0';
        }
        if (length > limits.body()) {
            throw BodyReader.tooLarge(limits.body());
        }
        return (int) length;
    }
}
