package footbridge.testbed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Takes what a gateway tells of its traces, as a collector does: OTLP over HTTP with protobuf.
public final class SpanSink implements AutoCloseable {

    private final HttpServer server;
    private final List<ReceivedSpan> spans = new CopyOnWriteArrayList<>();

    private SpanSink(HttpServer server) {
        this.server = server;
    }

    public static SpanSink start() throws IOException {
        var sink = new SpanSink(HttpServer.create(new InetSocketAddress("localhost", 0), 0));
        sink.server.createContext("/v1/traces", sink::take);
        sink.server.start();
        return sink;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            spans.addAll(ReceivedSpan.read(exchange.getRequestBody().readAllBytes()));
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
    }

    public String endpoint() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /// The span of a trace by its name; empty while it has not come.
    public Optional<ReceivedSpan> find(String trace, String name) {
        return spans.stream()
                .filter(span -> span.trace().equals(trace) && span.name().equals(name))
                .findFirst();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
