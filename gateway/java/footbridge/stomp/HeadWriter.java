package footbridge.stomp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;

/// Gathers a head in octets of its own, escaped as the connection's version has it.
final class HeadWriter {

    private final Escaping escaping;
    private ByteBuffer target;

    /// @param expected octets; a head of just that length is not copied once more
    HeadWriter(Escaping escaping, int expected) {
        this.escaping = escaping;
        target = ByteBuffer.allocate(expected);
    }

    /// @param version that of the connection
    /// @param expected octets behind the command's line
    static HeadWriter of(Command command, Version version, int expected) {
        String name = command.name();
        HeadWriter writer =
                new HeadWriter(Escaping.of(version, command), name.length() + 1 + expected);
        return writer.text(name, false).octet('\n');
    }

    /// Writes a header; one without a name cannot be, and is left out (F7).
    HeadWriter header(String name, String value) {
        reserve(HeadText.headerLength(escaping, name, value));
        HeadText.writeHeader(escaping, name, value, target);
        return this;
    }

    /// Writes a header whose name is plain ASCII and whose value is a number, not negative.
    HeadWriter header(String name, long value) {
        reserve(HeadText.headerLength(name, value));
        HeadText.writeHeader(name, value, target);
        return this;
    }

    /// Writes the headers whose names are not `without`.
    HeadWriter headers(Map<String, String> headers, Predicate<String> without) {
        reserve(HeadText.headersLength(escaping, headers, without));
        HeadText.writeHeaders(escaping, headers, without, target);
        return this;
    }

    /// Writes a header whose value is not complete yet, and so without its end.
    HeadWriter headerStart(String name, String value) {
        return text(name, true).octet(':').text(value, false);
    }

    /// Writes one octet as it is.
    HeadWriter octet(int octet) {
        reserve(1);
        target.put((byte) octet);
        return this;
    }

    /// Writes octets as they are.
    HeadWriter octets(byte[] more) {
        reserve(more.length);
        target.put(more);
        return this;
    }

    /// What has been written; the end of the writer.
    byte[] toBytes() {
        return target.hasRemaining()
                ? Arrays.copyOf(target.array(), target.position())
                : target.array();
    }

    private HeadWriter text(String text, boolean name) {
        reserve(HeadText.length(escaping, text));
        HeadText.write(escaping, text, name, target);
        return this;
    }

    private void reserve(int more) {
        if (target.remaining() < more) {
            int needed = Math.addExact(target.position(), more);
            int capacity = Math.max(needed, 2 * target.capacity());
            target = ByteBuffer.allocate(capacity).put(target.flip());
        }
    }
}
