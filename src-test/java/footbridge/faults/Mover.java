package footbridge.faults;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Moves messages from one queue to another: for each that it receives it sends two and
/// acknowledges the one, in a transaction of its own. Confined as [ReturningClient].
final class Mover extends ReturningClient {

    private static final int PREFETCH = 3;
    private static final String SUBSCRIBED = "subscribed";

    private final String from;
    private final String to;
    private final String ackMode;
    private final Collection<String> moved;
    private final Map<String, String> open = new HashMap<>();

    /// @param moved takes, on the fleet's thread, the body of each message whose COMMIT has its
    ///   RECEIPT
    Mover(
            Fleet fleet,
            long seed,
            String from,
            String to,
            String ackMode,
            Collection<String> moved) {
        super(fleet, seed);
        this.ackMode = ackMode;
        this.from = from;
        this.to = to;
        this.moved = moved;
    }

    @Override
    void connected() {
        write(
                "SUBSCRIBE\nid:0\ndestination:%s\nack:%s\nprefetch-count:%d\nreceipt:%s\n\n\0"
                        .formatted(from, ackMode, PREFETCH, SUBSCRIBED));
    }

    @Override
    void message(Frame frame) {
        String transaction = frame.header("message-id");
        open.put(transaction, frame.body());
        write("BEGIN\ntransaction:%s\n\n\0".formatted(transaction));
        send(transaction, frame.body() + "/a");
        write("ACK\nid:%s\ntransaction:%s\n\n\0".formatted(frame.header("ack"), transaction));
        send(transaction, frame.body() + "/b");
        write("COMMIT\ntransaction:%s\nreceipt:%s\n\n\0".formatted(transaction, transaction));
    }

    private void send(String transaction, String body) {
        write("SEND\ndestination:%s\ntransaction:%s\n\n%s\0".formatted(to, transaction, body));
    }

    @Override
    void receipt(String receipt) {
        if (!receipt.equals(SUBSCRIBED)) {
            moved.add(open.remove(receipt));
        }
    }

    @Override
    void ended(boolean inGoodOrder) {
        open.clear();
    }
}
