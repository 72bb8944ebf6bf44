package footbridge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// STOMP over a WebSocket of the JDK.
final class WebSocketWire implements StompClient.Wire {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http;
    private final WebSocket socket;
    private final boolean binary;

    private WebSocketWire(HttpClient http, WebSocket socket, boolean binary) {
        this.http = http;
        this.socket = socket;
        this.binary = binary;
    }

    static WebSocketWire open(
            URI address,
            Map<String, String> headers,
            boolean binary,
            String[] subProtocols,
            StompClient.Inlet inlet)
            throws IOException {
        return open(HttpClient.newBuilder(), address, headers, binary, subProtocols, inlet);
    }

    /// @param client how TLS is done, for example
    static WebSocketWire open(
            HttpClient.Builder client,
            URI address,
            Map<String, String> headers,
            boolean binary,
            String[] subProtocols,
            StompClient.Inlet inlet)
            throws IOException {
        HttpClient http = client.connectTimeout(TIMEOUT).build();
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(TIMEOUT);
        headers.forEach(builder::header);
        if (subProtocols.length > 0) {
            String[] others = Arrays.copyOfRange(subProtocols, 1, subProtocols.length);
            builder.subprotocols(subProtocols[0], others);
        }
        try {
            WebSocket socket = done(builder.buildAsync(address, new Ear(inlet)));
            return new WebSocketWire(http, socket, binary);
        } catch (IOException e) {
            http.shutdownNow();
            throw e;
        }
    }

    /// Feeds what it hears to the client, piece by piece.
    private static final class Ear implements WebSocket.Listener {

        private final StompClient.Inlet inlet;
        private final StringBuilder text = new StringBuilder();

        Ear(StompClient.Inlet inlet) {
            this.inlet = inlet;
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                ByteBuffer octets = UTF_8.encode(text.toString());
                text.setLength(0);
                inlet.received(octets);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(
                WebSocket socket, ByteBuffer data, boolean last) {
            inlet.received(data);
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            inlet.ended(OptionalInt.of(code), reason);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            inlet.ended(OptionalInt.empty(), String.valueOf(error));
        }
    }

    @Override
    public void send(byte[] octets) throws IOException {
        done(
                binary
                        ? socket.sendBinary(ByteBuffer.wrap(octets), true)
                        : socket.sendText(new String(octets, UTF_8), true));
    }

    @Override
    public void close() {
        try {
            if (!socket.isOutputClosed()) {
                done(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
            }
        } catch (IOException gone) {
            socket.abort();
        }
        http.shutdown();
    }

    @Override
    public void abort() {
        socket.abort();
        http.shutdownNow();
    }

    @Override
    public String subProtocol() {
        return socket.getSubprotocol();
    }

    private static <T> T done(CompletableFuture<T> future) throws IOException {
        try {
            return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + TIMEOUT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
