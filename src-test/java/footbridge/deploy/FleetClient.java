package footbridge.deploy;

import io.vertx.core.http.WebSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One client of a [Fleet]. What its handlers do happens on one event loop at a time: a new socket
/// is opened when the old one is closed.
final class FleetClient {

    private static final Pattern RETRY_AFTER = Pattern.compile("retry-after=(\\d+)ms");
    private static final long PACE_MS = 20;
    private static final long RETRY_MS = 200;
    private static final int SERVICE_RESTART = 1012;

    private final Fleet fleet;
    private final Role role;
    private final String name;
    private final boolean heedsRetryAfter;
    private int counter;
    private boolean joined;
    private boolean present;
    private volatile boolean left;
    private long absentSince = System.nanoTime();

    /// What a client is there for.
    enum Role {
        SENDER,
        WORKER,
        WATCHER
    }

    FleetClient(Fleet fleet, Role role, String name, boolean heedsRetryAfter) {
        this.fleet = fleet;
        this.role = role;
        this.name = name;
        this.heedsRetryAfter = heedsRetryAfter;
    }

    void leave() {
        left = true;
    }

    void connect() {
        fleet.http()
                .connect(fleet.port(), "localhost", "/stomp")
                .onSuccess(this::opened)
                .onFailure(_ -> {
                    fleet.ledger().refused();
                    again(RETRY_MS + ThreadLocalRandom.current().nextLong(RETRY_MS));
                });
    }

    private void again(long millis) {
        if (!left) {
            fleet.vertx().setTimer(Math.max(1, millis), _ -> connect());
        }
    }

    private void opened(WebSocket socket) {
        socket.textMessageHandler(frame -> received(socket, frame));
        socket.closeHandler(_ -> closed(socket));
        // What breaks a socket also closes it.
        socket.exceptionHandler(_ -> {});
        socket.writeTextMessage("CONNECT\naccept-version:1.2\nheart-beat:0,0\n\n\0");
    }

    private void closed(WebSocket socket) {
        if (present) {
            present = false;
            absentSince = System.nanoTime();
            fleet.present().decrementAndGet();
            if (!left && !Integer.valueOf(SERVICE_RESTART).equals(code(socket))) {
                fleet.ledger().fault(name + " was closed with " + code(socket));
            }
        }
        again(heedsRetryAfter ? hint(socket.closeReason()) : 0);
    }

    private static @Nullable Integer code(WebSocket socket) {
        return socket.closeStatusCode() == null ? null : socket.closeStatusCode().intValue();
    }

    private static long hint(@Nullable String reason) {
        Matcher matcher = RETRY_AFTER.matcher(reason == null ? "" : reason);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private void received(WebSocket socket, String frame) {
        String command = frame.substring(0, frame.indexOf('\n'));
        switch (command) {
            case "CONNECTED" -> begin(socket);
            case "RECEIPT" -> receipt(socket, header(frame, "receipt-id"));
            case "MESSAGE" -> message(socket, frame);
            default -> fleet.ledger().fault(name + " was told " + frame);
        }
    }

    private void begin(WebSocket socket) {
        switch (role) {
            case SENDER -> {
                arrived();
                send(socket);
            }
            case WORKER -> subscribe(socket, "/queue/load", "client-individual");
            case WATCHER -> subscribe(socket, "/topic/news", "auto");
        }
    }

    private static void subscribe(WebSocket socket, String destination, String ack) {
        socket.writeTextMessage(
                "SUBSCRIBE\nid:0\ndestination:%s\nack:%s\nreceipt:subscribed\n\n\0"
                        .formatted(destination, ack));
    }

    private void arrived() {
        present = true;
        fleet.present().incrementAndGet();
        if (joined) {
            fleet.ledger().returned(System.nanoTime() - absentSince);
        }
        joined = true;
    }

    /// The same message again when its receipt did not come before the end.
    private void send(WebSocket socket) {
        if (fleet.sending()) {
            String id = name + "-" + counter;
            socket.writeTextMessage(
                    "SEND\ndestination:/queue/load\nreceipt:%s\n\n%s\0".formatted(id, id));
        }
    }

    private void receipt(WebSocket socket, String id) {
        switch (role) {
            case SENDER -> {
                fleet.ledger().confirmed(id);
                counter++;
                fleet.vertx().setTimer(PACE_MS, _ -> ifOpen(socket));
            }
            case WORKER -> {
                if (id.equals("subscribed")) {
                    arrived();
                } else {
                    fleet.ledger().settled(id);
                }
            }
            case WATCHER -> arrived();
        }
    }

    private void ifOpen(WebSocket socket) {
        if (!socket.isClosed()) {
            send(socket);
        }
    }

    private void message(WebSocket socket, String frame) {
        if (role != Role.WORKER) {
            return;
        }
        int body = frame.indexOf("\n\n") + 2;
        String id = frame.substring(body, frame.length() - 1);
        fleet.ledger().received(id);
        socket.writeTextMessage("ACK\nid:%s\nreceipt:%s\n\n\0".formatted(header(frame, "ack"), id));
    }

    private static String header(String frame, String name) {
        int start = frame.indexOf("\n" + name + ":") + name.length() + 2;
        return frame.substring(start, frame.indexOf('\n', start));
    }
}
