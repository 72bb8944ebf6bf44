package footbridge.faults;

import java.util.HashMap;
import java.util.Map;

/// Receives from a queue, and in the mode `client-individual` acknowledges each message with a
/// receipt after a random while, or now and then vanishes with all that it holds.
final class Receiver extends ReturningClient {

    private static final int PREFETCH = 20;
    private static final int LONGEST_WORK_MS = 20;

    /// How many messages are received for one that makes the receiver vanish.
    private static final int LOYALTY = 300;

    private static final String SUBSCRIBED = "subscribed";

    private final int id;
    private final String destination;
    private final String ackMode;
    private final Arrivals arrivals;
    private final Map<String, Arrival> open = new HashMap<>();
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
        open.put(frame.header("message-id"), arrival);
        if (!ackMode.equals("auto")) {
            if (chance().nextInt(LOYALTY) == 0) {
                vanish();
                return;
            }
            String ack = frame.header("ack");
            soon(
                    LONGEST_WORK_MS,
                    () ->
                            write(
                                    "ACK\nid:%s\nreceipt:%s\n\n\0"
                                            .formatted(ack, frame.header("message-id"))));
        }
    }

    @Override
    void receipt(String receipt) {
        if (receipt.equals(SUBSCRIBED)) {
            subscribed = true;
            return;
        }
        Arrival arrival = open.remove(receipt);
        if (arrival == null) {
            throw new IllegalStateException("a receipt that was not asked for: " + receipt);
        }
        arrival.settle();
    }

    /// In the mode `auto` the receipt of DISCONNECT says that nothing of this will come again.
    @Override
    void ended(boolean inGoodOrder) {
        subscribed = false;
        if (!inGoodOrder || !ackMode.equals("auto")) {
            open.values().forEach(Arrival::giveUp);
        }
        open.clear();
    }
}
