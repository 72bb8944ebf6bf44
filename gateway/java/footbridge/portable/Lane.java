package footbridge.portable;

import footbridge.backend.BackendFailure;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.concurrent.Semaphore;

/// One of the transacted sessions of a subscription: reads a message, waits until it is settled,
/// reads the next.
///
/// The lanes of a subscription take turns to read, so that messages reach the client in the order
/// of the queue. One whose message was given back does not wait for its turn: some providers keep
/// such a message with the consumer until its delay is over, and would keep it for as long as
/// another lane reads. After its next message it is opened anew and takes turns again.
final class Lane implements Feed.Source {

    private final LaneSubscription owner;
    private final Semaphore turn;
    private final Feed feed;
    private boolean reading;

    /// @param turn held by the one lane that reads
    Lane(LaneSubscription owner, Semaphore turn, String name, Link link) {
        this.owner = owner;
        this.turn = turn;
        feed = new Feed(name, link, this);
    }

    Feed feed() {
        return feed;
    }

    /// A lane has no session before it is first needed.
    @Override
    public Place open(LiveLink live) throws JMSException, BackendFailure {
        takeTurn();
        try {
            if (feed.stopped()) {
                throw Failures.unavailable();
            }
            return owner.open(live);
        } catch (JMSException | BackendFailure | RuntimeException e) {
            endTurn();
            throw e;
        }
    }

    @Override
    public boolean drain(Place from) throws JMSException, InterruptedException {
        try {
            while (!feed.stopped()) {
                takeTurn();
                if (settleOne(from) && owner.replacesLanes()) {
                    awaitReturned(from);
                    return true;
                }
            }
            return true;
        } finally {
            endTurn();
        }
    }

    /// Reads a message and waits for its end.
    ///
    /// @return whether it was given back
    private boolean settleOne(Place from) throws JMSException, InterruptedException {
        owner.awaitRoom();
        Message received = from.consumer().receive();
        if (received == null || from.live().lost()) {
            throw new JMSException("the consumer was closed");
        }
        Held held = owner.handOver(from, received);
        endTurn();
        return held.awaitEnd();
    }

    private void awaitReturned(Place from) throws JMSException, InterruptedException {
        boolean again = true;
        while (again) {
            again = settleOne(from);
        }
    }

    private void takeTurn() {
        if (!reading) {
            turn.acquireUninterruptibly();
            reading = true;
        }
    }

    private void endTurn() {
        if (reading) {
            reading = false;
            turn.release();
        }
    }

    @Override
    public void ended(BackendFailure why) {
        owner.end(why);
    }
}
