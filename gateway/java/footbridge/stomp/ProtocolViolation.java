package footbridge.stomp;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The client broke the protocol: it gets an ERROR frame and is disconnected.
///
/// The message is written for the client and never holds header values or bodies.
public final class ProtocolViolation extends Exception {

    /// The octets match no production of the grammar (F16, F17, ambiguities 21 and 23).
    public static final String MALFORMED_FRAME = "malformed-frame";

    /// A backslash in a head is followed by a letter that means nothing (E5, E11).
    public static final String UNDEFINED_ESCAPE = "undefined-escape";

    /// No command of this version, or one that only a server sends (ambiguities 18 and 38).
    public static final String UNKNOWN_COMMAND = "unknown-command";

    public static final String COMMAND_TOO_LONG = "command-too-long";
    public static final String HEADER_TOO_LONG = "header-too-long";
    public static final String TOO_MANY_HEADERS = "too-many-headers";
    public static final String BODY_TOO_LARGE = "body-too-large";
    public static final String MISSING_HEADER = "missing-header";

    /// A header of the protocol has a value that the protocol does not know.
    public static final String INVALID_HEADER = "invalid-header";

    public static final String TOO_MUCH_BEFORE_CONNECTED = "too-much-before-connected";

    private static final long serialVersionUID = 1L;

    private final String code;
    private final @Nullable String receipt;

    public ProtocolViolation(String code, String message) {
        this(code, message, Optional.empty());
    }

    public ProtocolViolation(String code, String message, Optional<String> receipt) {
        super(message);
        this.code = code;
        this.receipt = receipt.orElse(null);
    }

    private ProtocolViolation(ProtocolViolation cause, String receipt) {
        super(cause.getMessage(), cause);
        this.code = cause.code;
        this.receipt = receipt;
    }

    /// The same violation, known to be of the frame that asked for `receipt`.
    ProtocolViolation withReceipt(Optional<String> receipt) {
        return receipt.map(value -> new ProtocolViolation(this, value)).orElse(this);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /// What went wrong, as the stable code of an ERROR frame.
    public String code() {
        return code;
    }

    /// The `receipt` header of the offending frame, as far as it was read (X3).
    public Optional<String> receipt() {
        return Optional.ofNullable(receipt);
    }
}
