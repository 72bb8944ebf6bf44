package footbridge.faults;

/// A message as one receiver got it once.
final class Arrival {

    private final Copy copy;
    private final String receiver;
    private final int life;
    private volatile boolean settled;
    private volatile boolean givenUp;

    /// @param receiver names the receiver and its connection
    /// @param life of the broker it came from
    Arrival(Copy copy, String receiver, int life) {
        this.copy = copy;
        this.receiver = receiver;
        this.life = life;
    }

    Copy copy() {
        return copy;
    }

    /// The receiver's ACK has its RECEIPT.
    void settle() {
        settled = true;
    }

    /// The receiver's connection ended before the message was settled.
    void giveUp() {
        givenUp = true;
    }

    /// Whether the rules let the message come again as `next`: it was not settled, and since then
    /// its broker has died or the connection that had it has ended.
    boolean mayComeAgainAs(Arrival next) {
        return !settled && (life != next.life || givenUp);
    }

    @Override
    public String toString() {
        return "%s at %s, life %d%s%s"
                .formatted(
                        copy.body(),
                        receiver,
                        life,
                        settled ? ", settled" : "",
                        givenUp ? ", given up" : "");
    }
}
