package footbridge.kafka;

import footbridge.backend.BackendFailure;
import footbridge.backend.Delivery;
import footbridge.backend.Subscriber;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A subscriber that has as much room as a test lets it have.
final class Narrow implements Subscriber {

    final Received received = new Received();
    private final Semaphore room = new Semaphore(0);

    void makeRoom(int messages) {
        room.release(messages);
    }

    @Override
    public void awaitRoom() throws InterruptedException {
        room.acquire();
        room.release();
    }

    @Override
    public boolean awaitRoom(Duration most) throws InterruptedException {
        boolean there = room.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS);
        if (there) {
            room.release();
        }
        return there;
    }

    @Override
    public void deliver(Delivery delivery) {
        if (!offer(delivery)) {
            throw new AssertionError("nobody waited for room");
        }
    }

    @Override
    public boolean offer(Delivery delivery) {
        boolean there = room.tryAcquire();
        if (there) {
            received.deliver(delivery);
        }
        return there;
    }

    @Override
    public void ended(BackendFailure why) {
        received.ended(why);
    }
}
