package footbridge.backend;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Headers and body that a broker keeps.
///
/// Header names are those of STOMP (`content-type`, `correlation-id`, `priority` ...); each backend
/// translates what it has a place for and carries the rest as its own kind of header. Immutable and
/// safe to share between all subscribers of a topic.
public final class Message {

    /// The header that names the queue or topic at the broker from which a message comes, where one
    /// reader has several. No client is shown it: it is called by the name of what takes its place.
    public static final String SOURCE = "destination";

    /// The header by which a client can go on behind a message.
    public static final String POSITION = "kafka-position";

    /// The header that says whether everything before a message is there.
    public static final String RECOVERED = "recovered";

    /// Headers that belong to a message's place among others.
    private static final Set<String> OF_THE_PLACE = Set.of(POSITION, RECOVERED);

    private final Map<String, String> headers;
    private final ByteBuffer body;
    private final boolean text;
    private final Optional<Target> replyTo;
    private final Set<String> vouched;
    private final long made = System.nanoTime();
    private volatile @Nullable Object view;

    /// @param headers in the order in which subscribers shall see them; not copied: whoever hands
    ///   them over never changes them again
    /// @param body not copied: whoever hands it over never writes to it again, and never moves the
    ///   buffer
    /// @param text whether the body is known to be text (valid UTF-8), rather than bytes to the
    ///   backend
    public Message(Map<String, String> headers, ByteBuffer body, boolean text) {
        this(headers, body, text, Optional.empty(), Set.of());
    }

    /// @param replyTo where the sender waits for an answer, at the broker that carries the message;
    ///   no header, because what it is called differs from client to client
    public Message(
            Map<String, String> headers, ByteBuffer body, boolean text, Optional<Target> replyTo) {
        this(headers, body, text, replyTo, Set.of());
    }

    /// @param vouched names of headers that the gateway has set and no client could
    public Message(
            Map<String, String> headers,
            ByteBuffer body,
            boolean text,
            Optional<Target> replyTo,
            Set<String> vouched) {
        this.vouched = Set.copyOf(vouched);
        this.headers = Collections.unmodifiableMap(headers);
        this.body = body;
        this.text = text;
        this.replyTo = replyTo;
    }

    /// The same message, with a header more.
    public Message with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Message(more, body, text, replyTo, vouched);
    }

    /// The same message where an older one was. Whoever goes on behind its position misses nothing:
    /// the position stays the older one's, since what came between the two may still have to be
    /// delivered.
    Message inThePlaceOf(Message older) {
        Map<String, String> moved = new LinkedHashMap<>(headers);
        moved.keySet().removeAll(OF_THE_PLACE);
        older.headers.forEach((name, value) -> {
            if (OF_THE_PLACE.contains(name)) {
                moved.put(name, value);
            }
        });
        return new Message(moved, body, text, replyTo, vouched);
    }

    public Map<String, String> headers() {
        return headers;
    }

    /// Whether the gateway has set this header itself; else its client did.
    public boolean vouchesFor(String header) {
        return vouched.contains(header);
    }

    /// The body, in a buffer of the caller's own over the shared octets.
    public ByteBuffer body() {
        return body.asReadOnlyBuffer();
    }

    /// The body in the buffer that all share, for those who neither write to it nor move it.
    public ByteBuffer octets() {
        return body;
    }

    /// The body's length in octets.
    public int size() {
        return body.remaining();
    }

    /// When it was made, which is when its broker, or its client, handed it to the gateway; by
    /// [System#nanoTime].
    public long made() {
        return made;
    }

    public boolean text() {
        return text;
    }

    /// Where the sender waits for an answer, if it does.
    public Optional<Target> replyTo() {
        return replyTo;
    }

    /// What one reader has made of this message, kept so that the next reader need not make it
    /// again: the encoded frame is made once for all subscribers. Safe from any thread; two that
    /// ask at once may both call `maker`. One kind of view is kept, the last asked for.
    public <T> T view(Class<T> kind, Function<Message, T> maker) {
        Object kept = view;
        if (kind.isInstance(kept)) {
            return kind.cast(kept);
        }
        T made = maker.apply(this);
        view = made;
        return made;
    }
}
