package footbridge.faults;

import java.util.SortedMap;
import java.util.TreeMap;

/// Receives from a queue, and in the modes `client` and `client-individual` acknowledges each
/// message with a receipt after a random while, unless a later ACK has covered it, or now and then
/// vanishes with all that it holds.
final class Receiver extends ReturningClient {

    private static final int PREFETCH = 20;
    private static final int LONGEST_WORK_MS = 20;

    /// How many messages are received for one that makes the receiver vanish.
    private static final int LOYALTY = 300;

    private static final String SUBSCRIBED = "subscribed";
    private static final String CUMULATIVE = "client";

    private final int id;
    private final String destination;
    private final String ackMode;
    private final Arrivals arrivals;
    private final TreeMap<Long, Arrival> open = new TreeMap<>();
    private long acknowledged;
    private volatile boolean subscribed;

    Receiver(
            Fleet fleet, long seed, int id, String destination, String ackMode, Arrivals arrivals) {
        super(fleet, seed - id);
        this.id = id;
        this.destination = destination;
        this.ackMode = ackMode;
        this.arrivals = arrivals;
    }

    /// Any thread.
    boolean subscribed() {
        return subscribed;
    }

    @Override
    void connected() {
        write(
                "SUBSCRIBE\nid:0\ndestination:%s\nack:%s\nprefetch-count:%d\nreceipt:%s\n\n\0"
                        .formatted(destination, ackMode, PREFETCH, SUBSCRIBED));
    }

    @Override
    void message(Frame frame) {
        Arrival arrival =
                arrivals.arrived(
                        Copy.parse(frame.body()),
                        "receiver %d.%d".formatted(id, connection()),
                        frame.header("redelivered").equals("true"));
        long number = number(frame.header("message-id"));
        open.put(number, arrival);
        if (!ackMode.equals("auto")) {
            if (chance().nextInt(LOYALTY) == 0) {
                vanish();
                return;
            }
            String ack = frame.header("ack");
            soon(LONGEST_WORK_MS, () -> acknowledge(number, ack));
        }
    }

    private void acknowledge(long number, String ack) {
        if (!ackMode.equals(CUMULATIVE) || number > acknowledged) {
            acknowledged = number;
            write("ACK\nid:%s\nreceipt:%d\n\n\0".formatted(ack, number));
        }
    }

    /// The connection counts its messages.
    private static long number(String messageId) {
        return Long.parseLong(messageId.substring(messageId.lastIndexOf('-') + 1));
    }

    @Override
    void receipt(String receipt) {
        if (receipt.equals(SUBSCRIBED)) {
            subscribed = true;
            return;
        }
        long number = Long.parseLong(receipt);
        var covered = ackMode.equals(CUMULATIVE) ? open.headMap(number, true) : only(number);
        if (covered.isEmpty()) {
            throw new IllegalStateException("a receipt that was not asked for: " + receipt);
        }
        covered.values().forEach(Arrival::settle);
        covered.clear();
    }

    private SortedMap<Long, Arrival> only(long number) {
        return open.subMap(number, number + 1);
    }

    /// In the mode `auto` the receipt of DISCONNECT says that nothing of this will come again.
    @Override
    void ended(boolean inGoodOrder) {
        subscribed = false;
        if (!inGoodOrder || !ackMode.equals("auto")) {
            open.values().forEach(Arrival::giveUp);
        }
        open.clear();
        acknowledged = 0;
    }
}
