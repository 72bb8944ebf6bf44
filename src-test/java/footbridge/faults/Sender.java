package footbridge.faults;

import java.util.TreeSet;

/// Sends numbered messages with receipts in random bursts, up to a window of messages without
/// receipt, and after a loss of its connection first sends again what has no receipt.
final class Sender extends ReturningClient {

    private static final int WINDOW = 8;
    private static final int LONGEST_PAUSE_MS = 100;

    private final int id;
    private final String destination;
    private final Ledger ledger;
    private final TreeSet<Integer> open = new TreeSet<>();
    private int next;
    private volatile boolean stopped;
    private volatile boolean idle = true;

    Sender(Fleet fleet, long seed, int id, String destination, Ledger ledger) {
        super(fleet, seed + id);
        this.id = id;
        this.destination = destination;
        this.ledger = ledger;
    }

    /// Has the sender send nothing new. Any thread.
    void stop() {
        stopped = true;
    }

    /// Whether everything sent has its receipt. Any thread.
    boolean idle() {
        return stopped && idle;
    }

    @Override
    void connected() {
        open.forEach(number -> transmit(number, true));
        soon(LONGEST_PAUSE_MS, this::burst);
    }

    private void burst() {
        int most = 1 + chance().nextInt(WINDOW);
        for (int i = 0; i < most && open.size() < WINDOW && !stopped; i++) {
            idle = false;
            open.add(next);
            transmit(next++, false);
        }
        soon(LONGEST_PAUSE_MS, this::burst);
    }

    private void transmit(int number, boolean repeated) {
        var copy = new Copy(id, connection(), number);
        ledger.sent(copy, repeated);
        write(
                "SEND\ndestination:%s\ncontent-type:text/plain\npersistent:true\nreceipt:%d\n\n%s\0"
                        .formatted(destination, number, copy.body()));
    }

    @Override
    void receipt(String receipt) {
        int number = Integer.parseInt(receipt);
        ledger.receipted(new Copy(id, connection(), number));
        open.remove(number);
        idle = open.isEmpty();
    }
}
