package footbridge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/// A STOMP client for tests, over WebSocket, SockJS or TCP, which sends what it is told, right or
/// wrong, and reads strictly.
///
/// It answers nothing by itself: no heart-beats, no acks. It keeps up to 100,000 unread frames;
/// then it stops reading. Confined to one thread.
public final class StompClient implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);
    private static final int UNREAD_FRAMES = 100_000;
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /// How the server or the network ended the connection.
    ///
    /// @param code the WebSocket's close code; empty over TCP and when the link just broke
    public record End(OptionalInt code, String reason) {}

    private final BlockingQueue<StompFrame> frames = new LinkedBlockingQueue<>(UNREAD_FRAMES);
    private final AtomicInteger heartBeats = new AtomicInteger();
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private final ReadingGate gate = new ReadingGate();
    private final Wire wire;

    /// How octets get to the server.
    public interface Wire {
        /// @throws IOException if the connection is gone
        void send(byte[] octets) throws IOException;

        /// Ends the connection as its protocol wants it.
        void close();

        /// Breaks the connection off without a word.
        void abort();

        /// What the server chose of the sub-protocols; empty over TCP.
        String subProtocol();
    }

    /// What a wire does with what comes in, on a thread of its own.
    public final class Inlet {

        private final FrameReader reader =
                new FrameReader(StompClient.this::keep, heartBeats::incrementAndGet);

        /// Waits while reading is paused. A fault of the server shows in [#next].
        public void received(ByteBuffer octets) {
            gate.await();
            if (end.isDone()) {
                return;
            }
            try {
                reader.accept(octets);
            } catch (MalformedFrame e) {
                end.completeExceptionally(e);
            }
        }

        /// The server or the network has ended the connection.
        public void ended(OptionalInt code, String reason) {
            if (reader.isWithinFrame()) {
                end.completeExceptionally(new MalformedFrame("the last frame is incomplete"));
            }
            end.complete(new End(code, reason));
        }
    }

    /// Makes a wire that feeds the inlet.
    public interface Opening {
        Wire open(Inlet inlet) throws IOException;
    }

    private StompClient(Opening opening) throws IOException {
        wire = opening.open(new Inlet());
    }

    /// A client that sends each of its messages as a WebSocket text message.
    ///
    /// @throws IOException if the server refuses
    public static StompClient webSocket(URI address, String... subProtocols) throws IOException {
        return new StompClient(
                inlet -> WebSocketWire.open(address, Map.of(), false, subProtocols, inlet));
    }

    /// The same with headers of the HTTP request.
    ///
    /// @throws IOException if the server refuses
    public static StompClient webSocket(
            URI address, Map<String, String> headers, String... subProtocols) throws IOException {
        return new StompClient(
                inlet -> WebSocketWire.open(address, headers, false, subProtocols, inlet));
    }

    /// The same over TLS.
    ///
    /// @throws IOException if the server refuses, or is not trusted
    public static StompClient webSocket(URI address, SSLContext tls, String... subProtocols)
            throws IOException {
        return new StompClient(inlet ->
                WebSocketWire.open(
                        HttpClient.newBuilder().sslContext(tls),
                        address,
                        Map.of(),
                        false,
                        subProtocols,
                        inlet));
    }

    /// A client that sends each of its messages as a WebSocket binary message.
    ///
    /// @throws IOException if the server refuses
    public static StompClient binaryWebSocket(URI address, String... subProtocols)
            throws IOException {
        return new StompClient(
                inlet -> WebSocketWire.open(address, Map.of(), true, subProtocols, inlet));
    }

    /// @param base of the SockJS application, such as `http://localhost:8080/sockjs`
    /// @throws IOException if the server refuses
    public static StompClient sockJs(URI base, SockJs transport) throws IOException {
        return new StompClient(inlet -> SockJsWire.open(base, transport, inlet));
    }

    public static StompClient tcp(String host, int port) throws IOException {
        return over(new Socket(host, port));
    }

    /// @param socket connected; of any kind, for example with TLS
    public static StompClient over(Socket socket) throws IOException {
        return new StompClient(inlet -> SocketWire.open(socket, inlet));
    }

    /// A client over a wire of the caller's own.
    public static StompClient over(Opening opening) throws IOException {
        return new StompClient(opening);
    }

    /// What the server chose of the sub-protocols that were offered; empty if none.
    public String subProtocol() {
        return wire.subProtocol();
    }

    /// Sends `octets` as they are: NUL and end of line are the caller's. In a WebSocket text
    /// message they have to be UTF-8.
    public void send(byte[] octets) throws IOException {
        wire.send(octets);
    }

    /// Sends `text` as it is, in UTF-8: NUL and end of line are the caller's.
    public void send(String text) throws IOException {
        send(text.getBytes(UTF_8));
    }

    /// Sends a well-formed frame without `content-length`.
    ///
    /// @param headers escaped by the caller where needed
    public void send(String command, Map<String, String> headers, String body) throws IOException {
        var frame = new StringBuilder(command).append('\n');
        headers.forEach((name, value) -> frame.append(name).append(':').append(value).append('\n'));
        send(frame.append('\n').append(body).append('\0').toString());
    }

    /// The next frame of the server, waited for up to `timeout`.
    ///
    /// @return empty if none came, or the connection is at its end
    /// @throws MalformedFrame if the server sent what is not STOMP, after all frames before it
    public Optional<StompFrame> next(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            boolean ended = end.isDone();
            long left = ended ? 0 : deadline - System.nanoTime();
            // In slices, because the end of the connection does not wake the queue.
            StompFrame frame = frames.poll(Math.min(left, SLICE_NANOS), TimeUnit.NANOSECONDS);
            if (frame != null) {
                return Optional.of(frame);
            }
            if (ended) {
                awaitEnd(Duration.ZERO);
            }
            if (left <= 0) {
                return Optional.empty();
            }
        }
    }

    /// The next frame, which must be there in time and have this command.
    ///
    /// @throws AssertionError if it has another, or none comes
    public StompFrame expect(String command, Duration timeout) throws InterruptedException {
        StompFrame frame =
                next(timeout)
                        .orElseThrow(
                                () -> new AssertionError("no " + command + " within " + timeout));
        if (!frame.command().equals(command)) {
            throw new AssertionError("expected " + command + " but got " + frame);
        }
        return frame;
    }

    /// How many ends of line have come between frames, those after a NUL included.
    public int heartBeats() {
        return heartBeats.get();
    }

    /// Stops reading: the server's writes back up.
    public void pauseReading() {
        gate.close();
    }

    public void resumeReading() {
        gate.open();
    }

    /// How the connection ended, waited for up to `timeout`; empty if it is still open.
    ///
    /// @throws MalformedFrame if it ended because the server sent what is not STOMP
    public Optional<End> awaitEnd(Duration timeout) throws InterruptedException {
        try {
            return Optional.of(end.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException stillOpen) {
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MalformedFrame malformed) {
                throw malformed;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /// Breaks the connection off without a word, like a browser that crashed.
    public void abort() {
        gate.open();
        wire.abort();
    }

    /// Ends the connection in good order; breaks it off if the server does not answer.
    @Override
    public void close() {
        gate.open();
        wire.close();
        try {
            end.get(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            wire.abort();
        } catch (InterruptedException e) {
            wire.abort();
            Thread.currentThread().interrupt();
        }
    }

    private void keep(StompFrame frame) {
        try {
            frames.put(frame);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while 100,000 frames are unread", e);
        }
    }
}
