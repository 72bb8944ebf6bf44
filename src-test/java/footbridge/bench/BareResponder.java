package footbridge.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// What a server would cost that has no broker, no rules and hardly looks at what it gets: the
/// ceiling of the load clients, and of anything on this platform. Answers receipts at once and gives
/// each SEND to all subscribers of its destination, in the octets that the gateway would write.
///
///     BareResponder PORT
public final class BareResponder {

    private static final int LARGEST = 1 << 20;

    private static final String CONNECTED = "CONNECTED\nversion:1.2\nheart-beat:0,0\n\n\0";

    private final Map<String, List<ServerWebSocket>> subscribers = new ConcurrentHashMap<>();

    private BareResponder() {}

    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        Vertx vertx = Vertx.vertx();
        var responder = new BareResponder();
        var options =
                new HttpServerOptions()
                        .setWebSocketSubProtocols(List.of("v12.stomp"))
                        .setMaxWebSocketFrameSize(LARGEST)
                        .setMaxWebSocketMessageSize(LARGEST)
                        .setPort(port);
        int servers = Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < servers; i++) {
            vertx.createHttpServer(options)
                    .webSocketHandler(responder::serve)
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
        System.out.println("ready");
    }

    private void serve(ServerWebSocket socket) {
        socket.handler(frame -> answer(socket, frame));
        socket.exceptionHandler(_ -> {});
    }

    private void answer(ServerWebSocket socket, Buffer frame) {
        byte first = frame.getByte(0);
        byte second = frame.getByte(1);
        if (first == 'C' && frame.getByte(2) == 'M') {
            receipt(socket, frame);
        } else if (first == 'C') {
            socket.writeTextMessage(CONNECTED);
        } else if (first == 'S' && second == 'U') {
            subscribers
                    .computeIfAbsent(
                            header(frame, "destination"), _ -> new CopyOnWriteArrayList<>())
                    .add(socket);
            socket.closeHandler(_ -> subscribers.values().forEach(all -> all.remove(socket)));
            receipt(socket, frame);
        } else if (first == 'S') {
            receipt(socket, frame);
            forward(frame);
        }
    }

    private static void receipt(ServerWebSocket socket, Buffer frame) {
        String receipt = header(frame, "receipt");
        if (!receipt.isEmpty()) {
            socket.writeTextMessage("RECEIPT\nreceipt-id:" + receipt + "\n\n\0");
        }
    }

    private void forward(Buffer frame) {
        String destination = header(frame, "destination");
        List<ServerWebSocket> all = subscribers.getOrDefault(destination, List.of());
        if (all.isEmpty()) {
            return;
        }
        int body = bodyStart(frame);
        String head =
                "MESSAGE\nsubscription:0\ndestination:%s\nmessage-id:connection-1-1000\ncontent-type:text/plain\npriority:4\npersistent:true\ntimestamp:1764115200000\ncontent-length:256\n\n"
                        .formatted(destination);
        String message = head + frame.getString(body, frame.length());
        all.forEach(each -> each.writeTextMessage(message));
    }

    private static int bodyStart(Buffer frame) {
        int i = 0;
        while (frame.getByte(i) != '\n' || frame.getByte(i + 1) != '\n') {
            i++;
        }
        return i + 2;
    }

    private static String header(Buffer frame, String name) {
        String head = frame.getString(0, bodyStart(frame), US_ASCII.name());
        int at = head.indexOf("\n" + name + ":");
        return at < 0 ? "" : head.substring(at + name.length() + 2, head.indexOf('\n', at + 1));
    }
}
