package footbridge.faults;

import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/// Sends numbered messages with receipts and, after a loss of its connection, everything again that
/// has no receipt: with the same `duplicate-id`. Confined as [ReturningClient].
final class RepeatingSender extends ReturningClient {

    private static final int WINDOW = 16;
    private static final int LONGEST_PAUSE_MS = 20;

    private final int id;
    private final String destination;
    private final int messages;
    private final TreeSet<Integer> open = new TreeSet<>();
    private int next;
    private final AtomicInteger receipts = new AtomicInteger();
    private final AtomicInteger repetitions = new AtomicInteger();

    RepeatingSender(Fleet fleet, long seed, int id, String destination, int messages) {
        super(fleet, seed + id);
        this.id = id;
        this.destination = destination;
        this.messages = messages;
    }

    /// Any thread.
    int receipts() {
        return receipts.get();
    }

    /// How many messages went out again. Any thread.
    int repetitions() {
        return repetitions.get();
    }

    /// Whether everything has its receipt. Any thread.
    boolean done() {
        return receipts() == messages;
    }

    @Override
    void connected() {
        repetitions.addAndGet(open.size());
        open.forEach(this::transmit);
        soon(LONGEST_PAUSE_MS, this::burst);
    }

    private void burst() {
        while (open.size() < WINDOW && next < messages) {
            open.add(next);
            transmit(next++);
        }
        soon(LONGEST_PAUSE_MS, this::burst);
    }

    private void transmit(int number) {
        String name = id + "." + number;
        write(
                "SEND\ndestination:%s\nduplicate-id:%s\nreceipt:%d\n\n%s\0"
                        .formatted(destination, name, number, name));
    }

    @Override
    void receipt(String receipt) {
        if (open.remove(Integer.valueOf(receipt))) {
            receipts.incrementAndGet();
        }
    }
}
