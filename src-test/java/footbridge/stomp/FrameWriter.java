package footbridge.stomp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Writes client frames as a client would: independent of the codec under test, and able to break
/// the rules on purpose.
public final class FrameWriter {

    private final Version version;
    private final String command;
    private final StringBuilder head = new StringBuilder();
    private byte[] body = {};
    private String eol = "\n";

    private FrameWriter(Version version, String command) {
        this.version = version;
        this.command = command;
    }

    public static FrameWriter frame(Version version, String command) {
        return new FrameWriter(version, command);
    }

    /// CONNECT that accepts just this version.
    public static FrameWriter connect(Version version) {
        FrameWriter connect = new FrameWriter(version, "CONNECT");
        return version == Version.V1_0
                ? connect
                : connect.header("accept-version", version.text()).header("host", "localhost");
    }

    public static FrameWriter send(Version version, String destination) {
        return frame(version, "SEND").header("destination", destination);
    }

    public static FrameWriter subscribe(Version version, String id, String destination) {
        return frame(version, "SUBSCRIBE").header("id", id).header("destination", destination);
    }

    public static FrameWriter unsubscribe(Version version, String id) {
        return frame(version, "UNSUBSCRIBE").header("id", id);
    }

    public static FrameWriter disconnect(Version version) {
        return frame(version, "DISCONNECT");
    }

    /// Adds a header, escaped as the version has it.
    public FrameWriter header(String name, String value) {
        return line(escape(name) + ":" + escape(value));
    }

    public FrameWriter receipt(String receipt) {
        return header("receipt", receipt);
    }

    /// Adds a header line as it is.
    public FrameWriter line(String line) {
        head.append(line).append('\n');
        return this;
    }

    /// Sets the body and its content-length.
    public FrameWriter body(byte[] body) {
        return header("content-length", Integer.toString(body.length)).bodyUntilNul(body);
    }

    public FrameWriter body(String body) {
        return body(body.getBytes(StandardCharsets.UTF_8));
    }

    /// Sets the body without a content-length.
    public FrameWriter bodyUntilNul(byte[] body) {
        this.body = body.clone();
        return this;
    }

    public FrameWriter bodyUntilNul(String body) {
        return bodyUntilNul(body.getBytes(StandardCharsets.UTF_8));
    }

    /// Ends lines with CRLF.
    public FrameWriter crlf() {
        eol = "\r\n";
        return this;
    }

    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String text = (command + "\n" + head + "\n").replace("\n", eol);
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        bytes.write(0);
        return bytes.toByteArray();
    }

    private String escape(String text) {
        Optional<Version> escapes =
                command.equals("CONNECT") || command.equals("STOMP")
                        ? Optional.empty()
                        : Optional.of(version).filter(v -> v != Version.V1_0);
        if (escapes.isEmpty()) {
            return text;
        }
        String escaped = text.replace("\\", "\\\\").replace("\n", "\\n").replace(":", "\\c");
        return version == Version.V1_2 ? escaped.replace("\r", "\\r") : escaped;
    }
}
