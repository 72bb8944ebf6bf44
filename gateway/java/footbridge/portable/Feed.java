package footbridge.portable;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import jakarta.jms.JMSException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Keeps one consumer open on a virtual thread of its own, and opens it again after each loss of
/// the link, until it is stopped or the broker refuses. Never interrupts its thread: the provider
/// would lose its socket.
///
/// Safe for use by any thread; the [Source] is called by the feed's own, or by [#start].
final class Feed {

    private static final Logger LOG = System.getLogger(Feed.class.getName());

    private final String name;
    private final Link link;
    private final Source source;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Place place;

    /// @param name for the thread and the log
    Feed(String name, Link link, Source source) {
        this.name = name;
        this.link = link;
        this.source = source;
    }

    /// Opens the consumer and returns when it is in place.
    ///
    /// @throws BackendFailure if the broker refuses, or cannot be reached
    void start() throws BackendFailure {
        Place first = open(link.live().orElseThrow(Failures::unavailable));
        Thread.ofVirtual().name("read-" + name).start(() -> run(Optional.of(first)));
    }

    /// Returns at once; the consumer is opened when it can be.
    void startLater() {
        Thread.ofVirtual().name("read-" + name).start(() -> run(Optional.empty()));
    }

    boolean stopped() {
        return stopped.isDone();
    }

    /// Whether the consumer is in place now, rather than waiting for the link.
    synchronized boolean inPlace() {
        return place != null && !place.live().lost();
    }

    /// Has the feed end. What it is reading from is still open.
    void stop() {
        stopped.complete(null);
    }

    /// Returns when the feed's thread has ended and closed its place, or after `longest`.
    void awaitEnd(Duration longest) {
        try {
            ended.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Where it reads now, or has read last.
    synchronized Optional<Place> place() {
        return Optional.ofNullable(place);
    }

    private void run(Optional<Place> first) {
        try {
            Optional<Place> now = first.isPresent() ? first : reopened();
            while (now.isPresent()) {
                boolean atOnce = drain(now.get());
                Closing.andWait(now.get()::close);
                if (!atOnce) {
                    pause();
                }
                now = reopened();
            }
        } catch (InterruptedException | RuntimeException e) {
            LOG.log(Level.ERROR, "reader died reader=" + name, e);
            end(new BackendFailure(Kind.REFUSED, "the subscription has failed", e));
        } finally {
            ended.countDown();
        }
    }

    private boolean drain(Place from) throws InterruptedException {
        try {
            return source.drain(from);
        } catch (JMSException e) {
            LOG.log(Level.DEBUG, "reader interrupted reader={0} reason={1}", name, e.getMessage());
            return false;
        }
    }

    /// Empty when the feed has ended.
    private Optional<Place> reopened() throws InterruptedException {
        while (!stopped()) {
            Optional<LiveLink> live = awaitLink();
            if (live.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(open(live.get()));
            } catch (BackendFailure e) {
                if (e.kind() != Kind.UNAVAILABLE) {
                    end(e);
                    return Optional.empty();
                }
                pause();
            }
        }
        return Optional.empty();
    }

    /// Empty when there will be no link, or the feed was stopped.
    private Optional<LiveLink> awaitLink() {
        CompletableFuture<LiveLink> up = link.up();
        try {
            CompletableFuture.anyOf(up, stopped).join();
            return stopped() ? Optional.empty() : Optional.of(up.join());
        } catch (CancellationException | CompletionException _) {
            end(Failures.unavailable());
            return Optional.empty();
        }
    }

    private void pause() throws InterruptedException {
        try {
            stopped.get(link.reconnectDelay().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            // time to try again
        }
    }

    private Place open(LiveLink live) throws BackendFailure {
        try {
            Place opened = source.open(live);
            keep(opened);
            return opened;
        } catch (JMSException e) {
            throw Failures.ofCall(live, e);
        }
    }

    private synchronized void keep(Place opened) {
        place = opened;
        if (stopped()) {
            Closing.aside(opened::close);
        }
    }

    private void end(BackendFailure why) {
        if (stopped.complete(null)) {
            LOG.log(Level.WARNING, "reader ended reader={0} reason={1}", name, why.getMessage());
            source.ended(why);
        }
    }

    /// What is read, and where it goes.
    interface Source {

        /// Opens the consumer, for the first time and after each loss of the link.
        Place open(LiveLink live) throws JMSException, BackendFailure;

        /// Reads until the place is closed or of no more use.
        ///
        /// @return whether another may be opened at once, rather than after a pause
        boolean drain(Place from) throws JMSException, InterruptedException;

        /// Nothing more will come, and not because the feed was stopped.
        void ended(BackendFailure why);
    }
}
