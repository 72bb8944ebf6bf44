package footbridge.kafka.group;

import footbridge.backend.Acknowledgement;
import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.Confirmation;
import footbridge.backend.Delivery;
import footbridge.backend.Settlement;
import footbridge.backend.Subscriber;
import footbridge.backend.Subscription;
import footbridge.kafka.client.Failures;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;

/// One subscription's membership of a Kafka group: a consumer of its own, used by one platform
/// thread alone, because until a share consumer has joined its polls turn without a pause: on
/// virtual threads twenty of them kept all others from two cores for a minute (4.4.0). What the
/// connection's thread asks of it waits in a queue, which its prefetch bounds.
public abstract class Member implements Subscription {

    private static final System.Logger LOG = System.getLogger(Member.class.getName());
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final String name;
    private final Acknowledgement acknowledgement;
    private final Subscriber subscriber;
    private final BlockingQueue<Request> asked = new LinkedBlockingQueue<>();
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closing;

    /// Deliveries to settle, and who wants to know; nothing in it is a call to look up.
    protected record Request(List<Settlement> settlements, Optional<Confirmation> confirmation) {

        static final Request LOOK_UP = new Request(List.of(), Optional.empty());
    }

    protected Member(String name, Acknowledgement acknowledgement, Subscriber subscriber) {
        this.name = name;
        this.acknowledgement = acknowledgement;
        this.subscriber = subscriber;
    }

    /// Joins the group and returns when it is in place, or is closing. The member's thread, as all
    /// below.
    protected abstract void join() throws BackendFailure, InterruptedException;

    /// Does something, for a second or two at most.
    protected abstract void work() throws BackendFailure, InterruptedException;

    /// Settles what was asked and leaves the group.
    protected abstract void leave();

    /// Ends a poll that is going on. Any thread.
    protected abstract void wakeUp();

    /// Starts the member.
    ///
    /// @param departure told when it has left
    public void start(Runnable departure) {
        Thread.ofPlatform().daemon().name(name).start(() -> run(departure));
    }

    /// Returns when the subscription is in place.
    ///
    /// @throws BackendFailure if it could not be put in place, and then it has ended
    public void awaitReady(Duration timeout) throws BackendFailure, InterruptedException {
        try {
            ready.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw Failures.of(e);
        } catch (TimeoutException e) {
            begin();
            throw Failures.unavailable(e);
        }
    }

    private void run(Runnable departure) {
        BackendFailure why = Failures.unavailable();
        try {
            join();
            ready.complete(true);
            while (!closing) {
                work();
            }
        } catch (BackendFailure e) {
            why = e;
        } catch (KafkaException e) {
            why = Failures.of(e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Kafka member failed name=" + name, e);
            why = new BackendFailure(Kind.REFUSED, "The gateway failed to read on.", e);
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "Kafka member interrupted name={0}", name);
        }
        end(why, departure);
    }

    private void end(BackendFailure why, Runnable departure) {
        try {
            leave();
        } catch (KafkaException e) {
            LOG.log(Level.DEBUG, "Kafka member left without a word name=" + name, e);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Kafka member failed to leave name=" + name, e);
        }
        departure.run();
        if (!ready.completeExceptionally(why) && !closing) {
            subscriber.ended(why);
        }
        for (Request unheard : requests()) {
            unheard.confirmation().ifPresent(each -> each.failed(why));
        }
        ended.countDown();
    }

    protected final boolean closing() {
        return closing;
    }

    protected final Acknowledgement acknowledgement() {
        return acknowledgement;
    }

    protected final void deliver(Delivery delivery) {
        subscriber.deliver(delivery);
    }

    /// What was asked until now.
    protected final List<Request> requests() {
        List<Request> all = new ArrayList<>();
        asked.drainTo(all);
        return all;
    }

    /// What was asked until now, or the first that is asked within the time.
    protected final List<Request> awaitRequests(Duration timeout) throws InterruptedException {
        Request first = asked.poll(Math.max(0, timeout.toMillis()), TimeUnit.MILLISECONDS);
        if (first == null) {
            return List.of();
        }
        List<Request> all = new ArrayList<>();
        all.add(first);
        asked.drainTo(all);
        return all;
    }

    /// The connection's thread.
    public void settle(List<Settlement> settlements, Optional<Confirmation> confirmation)
            throws BackendFailure {
        if (hasEnded()) {
            throw tooLate();
        }
        ask(new Request(settlements, confirmation));
    }

    /// Has the member's thread look up soon. Any thread.
    protected final void lookUp() {
        ask(Request.LOOK_UP);
    }

    private void ask(Request request) {
        asked.add(request);
        askedFor();
    }

    /// Why nothing can be settled any more.
    protected BackendFailure tooLate() {
        return Failures.lockExpired();
    }

    /// Whether something was asked that was not looked at yet.
    protected final boolean asked() {
        return !asked.isEmpty();
    }

    /// Something was asked. Any thread; returns at once.
    protected void askedFor() {}

    @Override
    public void accepted(Delivery delivery) {
        if (acknowledgement == Acknowledgement.AUTOMATIC) {
            ask(
                    new Request(
                            List.of(
                                    new Settlement(
                                            this, delivery, Settlement.Outcome.ACKNOWLEDGED)),
                            Optional.empty()));
        }
    }

    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /// Makes the member leave soon. Never blocks.
    public void begin() {
        closing = true;
        lookUp();
        wakeUp();
    }

    @Override
    public void close() {
        begin();
        try {
            if (!ended.await(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(Level.WARNING, "Kafka member still leaves name={0}", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
