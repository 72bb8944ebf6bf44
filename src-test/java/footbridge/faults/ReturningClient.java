package footbridge.faults;

import io.vertx.core.http.WebSocket;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A STOMP client that comes back, after ever longer pauses, whenever its connection ends. Confined
/// to the event loop of its [Fleet], except for [#start], [#leave] and [#gone].
abstract class ReturningClient {

    private static final int FIRST_PAUSE_MS = 50;
    private static final int LONGEST_PAUSE_MS = 1_000;
    private static final String FAREWELL = "farewell";

    private final Fleet fleet;
    private final Random chance;
    private @Nullable WebSocket socket;
    private boolean live;
    private int connection;
    private int pause = FIRST_PAUSE_MS;
    private boolean leaving;
    private volatile boolean gone;

    ReturningClient(Fleet fleet, long seed) {
        this.fleet = fleet;
        this.chance = new Random(seed);
    }

    final void start() {
        fleet.later(chance.nextInt(FIRST_PAUSE_MS), this::connect);
    }

    /// Has the client disconnect in good order, as soon as it is connected.
    final void leave() {
        fleet.later(
                1,
                () -> {
                    leaving = true;
                    if (live) {
                        write("DISCONNECT\nreceipt:" + FAREWELL + "\n\n\0");
                    }
                });
    }

    /// Whether the client has left in good order.
    final boolean gone() {
        return gone;
    }

    /// The number of the present connection, from 1.
    final int connection() {
        return connection;
    }

    final Random chance() {
        return chance;
    }

    /// Runs `action` after a random time, unless this connection has ended by then.
    final void soon(int mostMillis, Runnable action) {
        int now = connection;
        fleet.later(
                chance.nextInt(mostMillis) + 1,
                () -> {
                    if (live && connection == now && !leaving) {
                        action.run();
                    }
                });
    }

    final void write(String frame) {
        if (socket != null) {
            socket.writeTextMessage(frame);
        }
    }

    /// Closes the socket without a word.
    final void vanish() {
        hangUp();
    }

    /// The gateway has said CONNECTED.
    abstract void connected();

    abstract void receipt(String id);

    void message(Frame frame) {}

    /// The connection has ended.
    ///
    /// @param inGoodOrder whether a DISCONNECT had its receipt
    void ended(boolean inGoodOrder) {}

    private void connect() {
        connection++;
        fleet.open().onSuccess(this::opened).onFailure(_ -> comeBack());
    }

    private void opened(WebSocket opened) {
        int now = connection;
        socket = opened;
        opened.textMessageHandler(text -> {
            if (socket != null && connection == now) {
                received(Frame.parse(text));
            }
        });
        opened.exceptionHandler(_ -> end(now));
        opened.closeHandler(_ -> end(now));
        write("CONNECT\naccept-version:1.2\nhost:localhost\n\n\0");
    }

    private void received(Frame frame) {
        switch (frame.command()) {
            case "CONNECTED" -> welcome();
            case "MESSAGE" -> message(frame);
            case "RECEIPT" -> receipted(frame.header("receipt-id"));
            case "ERROR" -> {
                fleet.error(frame.header("code"));
                hangUp();
            }
            case "" -> {} // a heart-beat
            default -> throw new IllegalStateException("unexpected " + frame);
        }
    }

    private void welcome() {
        live = true;
        connected();
        if (leaving) {
            leave();
        }
    }

    private void receipted(String id) {
        pause = FIRST_PAUSE_MS; // the broker is there again, not only the gateway
        if (id.equals(FAREWELL)) {
            gone = true;
            hangUp();
        } else {
            receipt(id);
        }
    }

    private void hangUp() {
        WebSocket last = socket;
        if (last != null) {
            end(connection);
            last.close();
        }
    }

    private void end(int which) {
        if (socket == null || connection != which) {
            return;
        }
        socket = null;
        live = false;
        ended(gone);
        comeBack();
    }

    private void comeBack() {
        if (gone) {
            return;
        }
        fleet.later(pause / 2 + chance.nextInt(pause), this::connect);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
}
