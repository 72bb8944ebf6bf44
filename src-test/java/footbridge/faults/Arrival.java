package footbridge.faults;

/// A message as one receiver got it once.
final class Arrival {

    private final Copy copy;
    private final String receiver;
    private final int life;
    private final boolean redelivered;
    private volatile boolean settled;
    private volatile boolean givenUp;

    /// @param receiver names the receiver and its connection
    /// @param life of the broker it came from
    /// @param redelivered whether it was marked as one that has been delivered before
    Arrival(Copy copy, String receiver, int life, boolean redelivered) {
        this.copy = copy;
        this.receiver = receiver;
        this.life = life;
        this.redelivered = redelivered;
    }

    Copy copy() {
        return copy;
    }

    /// The receiver's ACK has its RECEIPT.
    void settle() {
        settled = true;
    }

    boolean settled() {
        return settled;
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

    boolean redelivered() {
        return redelivered;
    }

    /// Whether the message, when it comes again as `next`, must be marked. A broker forgets with
    /// its life how often it has delivered what it keeps (SEMANTICS A1), so only within one.
    boolean mustBeMarkedIn(Arrival next) {
        return life == next.life;
    }

    @Override
    public String toString() {
        return "%s at %s, life %d%s%s%s"
                .formatted(
                        copy.body(),
                        receiver,
                        life,
                        redelivered ? ", marked" : "",
                        settled ? ", settled" : "",
                        givenUp ? ", given up" : "");
    }
}
