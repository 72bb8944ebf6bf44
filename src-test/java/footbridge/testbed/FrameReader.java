package footbridge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Turns the octets of a server into frames, octet by octet, written from the specification and not
/// from the gateway's codec, so that one checks the other. Strict: what the specification does not
/// allow a server to send is a [MalformedFrame].
///
/// Confined to one thread.
final class FrameReader {

    private static final int MAX_LINE = 1 << 20;
    private static final int MAX_BODY = 1 << 26;

    private enum Place {
        BETWEEN_FRAMES,
        HEAD,
        COUNTED_BODY,
        BODY_UP_TO_NUL
    }

    private final Consumer<StompFrame> frames;
    private final Runnable heartBeats;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private Place place = Place.BETWEEN_FRAMES;
    private String command = "";
    private Map<String, String> headers = new LinkedHashMap<>();
    private int bodyLength;

    /// From the CONNECTED frame on; what is escaped, and how a line ends, depends on it.
    private String version = "";

    /// @param heartBeats run for each end of line between frames
    FrameReader(Consumer<StompFrame> frames, Runnable heartBeats) {
        this.frames = frames;
        this.heartBeats = heartBeats;
    }

    void accept(ByteBuffer octets) {
        while (octets.hasRemaining()) {
            accept(octets.get());
        }
    }

    /// Whether the octets so far end in the middle of a frame.
    boolean isWithinFrame() {
        return place != Place.BETWEEN_FRAMES;
    }

    private void accept(byte octet) {
        switch (place) {
            case BETWEEN_FRAMES -> betweenFrames(octet);
            case HEAD -> head(octet);
            case COUNTED_BODY -> countedBody(octet);
            case BODY_UP_TO_NUL -> bodyUpToNul(octet);
        }
    }

    private void betweenFrames(byte octet) {
        switch (octet) {
            case '\n' -> {
                if (!lineWithoutEnd().isEmpty()) {
                    throw new MalformedFrame("octets between frames");
                }
                heartBeats.run();
            }
            case '\r' -> add(octet, line, MAX_LINE);
            default -> {
                place = Place.HEAD;
                head(octet);
            }
        }
    }

    private void head(byte octet) {
        if (octet == 0) {
            throw new MalformedFrame("NUL in the head of a frame");
        }
        if (octet != '\n') {
            add(octet, line, MAX_LINE);
            return;
        }
        String text = lineWithoutEnd();
        if (command.isEmpty()) {
            command = command(text);
        } else if (text.isEmpty()) {
            beginBody();
        } else {
            addHeader(text);
        }
    }

    private static String command(String text) {
        if (!text.matches("[A-Z]+")) {
            throw new MalformedFrame("no command: " + text);
        }
        return text;
    }

    private void addHeader(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new MalformedFrame("header line without name or colon: " + text);
        }
        boolean plain = command.equals("CONNECTED");
        String name = plain ? text.substring(0, colon) : unescape(text.substring(0, colon));
        String value = plain ? text.substring(colon + 1) : unescape(text.substring(colon + 1));
        headers.putIfAbsent(name, value);
    }

    private void beginBody() {
        if (command.equals("CONNECTED")) {
            version = headers.getOrDefault("version", "1.0");
        }
        Optional<String> length = Optional.ofNullable(headers.get("content-length"));
        bodyLength = length.map(FrameReader::parseLength).orElse(0);
        place = length.isPresent() ? Place.COUNTED_BODY : Place.BODY_UP_TO_NUL;
    }

    private void countedBody(byte octet) {
        if (body.size() < bodyLength) {
            add(octet, body, MAX_BODY);
        } else if (octet == 0) {
            emit();
        } else {
            throw new MalformedFrame("no NUL after the octets that content-length counts");
        }
    }

    private void bodyUpToNul(byte octet) {
        if (octet == 0) {
            emit();
        } else {
            add(octet, body, MAX_BODY);
        }
    }

    private void emit() {
        var frame =
                new StompFrame(
                        command,
                        Collections.unmodifiableMap(headers),
                        ByteBuffer.wrap(body.toByteArray()));
        command = "";
        headers = new LinkedHashMap<>();
        body.reset();
        place = Place.BETWEEN_FRAMES;
        frames.accept(frame);
    }

    private String lineWithoutEnd() {
        String text = decode(line.toByteArray());
        line.reset();
        return text.endsWith("\r") && !isOldLineEnd() ? text.substring(0, text.length() - 1) : text;
    }

    /// In 1.0 and 1.1 a carriage return is an ordinary octet of the line.
    private boolean isOldLineEnd() {
        return version.equals("1.0") || version.equals("1.1");
    }

    private String unescape(String wire) {
        if (version.equals("1.0") || wire.indexOf('\\') < 0) {
            return wire;
        }
        var text = new StringBuilder();
        for (int i = 0; i < wire.length(); i++) {
            char c = wire.charAt(i);
            text.append(c == '\\' ? escaped(wire, ++i) : c);
        }
        return text.toString();
    }

    private char escaped(String wire, int at) {
        String known = version.equals("1.1") ? "nc\\" : "nc\\r";
        int index = at < wire.length() ? known.indexOf(wire.charAt(at)) : -1;
        if (index < 0) {
            throw new MalformedFrame("undefined escape in: " + wire);
        }
        return "\n:\\\r".charAt(index);
    }

    private static int parseLength(String value) {
        if (!value.matches("[0-9]{1,9}")) {
            throw new MalformedFrame("content-length is no length: " + value);
        }
        return Integer.parseInt(value);
    }

    private static String decode(byte[] octets) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedFrame("head of a frame is not UTF-8: " + e.getMessage());
        }
    }

    private static void add(byte octet, ByteArrayOutputStream to, int limit) {
        if (to.size() == limit) {
            throw new MalformedFrame("line or body longer than " + limit + " octets");
        }
        to.write(octet);
    }
}
