package footbridge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonArray;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// STOMP over one transport of SockJS: a session of its own, one request that receives and, but for
/// WebSocket, a request for each message sent.
final class SockJsWire implements StompClient.Wire {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(TIMEOUT)
                    .build();
    private final SockJs transport;
    private final String session;
    private final StompClient.Inlet inlet;
    private @Nullable WebSocket socket;
    private volatile boolean over;

    private SockJsWire(URI base, SockJs transport, StompClient.Inlet inlet) {
        this.transport = transport;
        this.session = base + "/000/" + UUID.randomUUID() + "/";
        this.inlet = inlet;
    }

    static SockJsWire open(URI base, SockJs transport, StompClient.Inlet inlet) throws IOException {
        var wire = new SockJsWire(base, transport, inlet);
        if (transport == SockJs.WEB_SOCKET) {
            wire.openSocket();
        } else {
            wire.open();
        }
        return wire;
    }

    /// The first request opens the session; the others follow by themselves.
    private void open() throws IOException {
        HttpResponse<InputStream> first = exchange(receiving());
        if (first.statusCode() != OK) {
            throw new IOException("status " + first.statusCode());
        }
        Thread.ofVirtual()
                .name("sockjs-client")
                .start(() -> {
                    HttpResponse<InputStream> response = first;
                    while (read(response)) {
                        try {
                            response = exchange(receiving());
                        } catch (IOException gone) {
                            ended(OptionalInt.empty(), String.valueOf(gone));
                            return;
                        }
                    }
                });
    }

    private HttpRequest receiving() {
        return HttpRequest.newBuilder(URI.create(session + transport.receive))
                .method(transport.method, BodyPublishers.noBody())
                .build();
    }

    private HttpResponse<InputStream> exchange(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /// @return whether the session goes on after this response
    private boolean read(HttpResponse<InputStream> response) {
        if (response.statusCode() != OK) {
            ended(OptionalInt.empty(), "status " + response.statusCode());
            return false;
        }
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                transport.frame(line).ifPresent(this::frame);
            }
        } catch (IOException gone) {
            ended(OptionalInt.empty(), String.valueOf(gone));
        }
        return !over;
    }

    private void frame(String frame) {
        if (frame.startsWith("a")) {
            for (Object message : new JsonArray(frame.substring(1))) {
                inlet.received(ByteBuffer.wrap(((String) message).getBytes(UTF_8)));
            }
        } else if (frame.startsWith("c")) {
            var why = new JsonArray(frame.substring(1));
            ended(OptionalInt.of(why.getInteger(0)), why.getString(1));
        }
    }

    private void ended(OptionalInt code, String reason) {
        over = true;
        inlet.ended(code, reason);
    }

    private void openSocket() throws IOException {
        try {
            socket =
                    http.newWebSocketBuilder()
                            .buildAsync(
                                    URI.create(session.replaceFirst("http", "ws") + "websocket"),
                                    new Ear())
                            .join();
        } catch (CompletionException refused) {
            throw new IOException(refused);
        }
    }

    private final class Ear implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket source, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                frame(text.toString());
                text.setLength(0);
            }
            source.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket source, int code, String reason) {
            ended(OptionalInt.of(code), reason);
            return null;
        }

        @Override
        public void onError(WebSocket source, Throwable error) {
            ended(OptionalInt.empty(), String.valueOf(error));
        }
    }

    @Override
    public void send(byte[] octets) throws IOException {
        post(new JsonArray().add(new String(octets, UTF_8)).encode());
    }

    private void post(String json) throws IOException {
        if (socket != null) {
            socket.sendText(json, true).join();
            return;
        }
        boolean form = transport == SockJs.JSONP;
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(session + transport.send))
                        .header(
                                "Content-Type",
                                form ? "application/x-www-form-urlencoded" : "text/plain")
                        .POST(
                                BodyPublishers.ofString(
                                        form ? "d=" + URLEncoder.encode(json, UTF_8) : json))
                        .build();
        HttpResponse<InputStream> response = exchange(request);
        response.body().close();
        if (response.statusCode() / 100 != 2) {
            throw new IOException("status " + response.statusCode());
        }
    }

    @Override
    public void close() {
        abort();
    }

    /// SockJS clients have no way to say good-bye but to stop asking.
    @Override
    public void abort() {
        over = true;
        if (socket != null) {
            socket.abort();
        }
        http.shutdownNow();
    }

    @Override
    public String subProtocol() {
        return "";
    }
}
