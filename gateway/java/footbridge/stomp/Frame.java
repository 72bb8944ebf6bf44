package footbridge.stomp;

import java.nio.ByteBuffer;

/// A STOMP unit on the wire, of any command and from either side.
///
/// @param body never copied: whoever hands the octets over never writes to them again, and never
///   moves the buffer
public record Frame(Command command, Headers headers, ByteBuffer body) {

    static final ByteBuffer NO_BODY = ByteBuffer.allocate(0).asReadOnlyBuffer();

    public Frame {
        body = body.isReadOnly() ? body : body.asReadOnlyBuffer();
    }

    /// The body, in a read-only buffer of the caller's own over the shared octets.
    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }

    /// For tests and debuggers; shows neither body nor passcode.
    @Override
    public String toString() {
        return "%s %s, %d octets".formatted(command, headers, body.remaining());
    }
}
