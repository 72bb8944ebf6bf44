package footbridge.jms.reading;

import footbridge.backend.BackendFailure;
import footbridge.backend.BackendFailure.Kind;
import footbridge.backend.Message;
import footbridge.jms.link.Closing;
import footbridge.jms.link.Failures;
import footbridge.jms.link.Link;
import footbridge.jms.link.LiveLink;
import footbridge.jms.message.IncomingMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ClientConsumer;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.jspecify.annotations.Nullable;

/// Reads from one queue of the broker on a virtual thread of its own, and goes on by itself when
/// the link was lost and is back. Ends when it is stopped, or when the broker refuses to let it go
/// on.
///
/// Safe for use by any thread; all calls of the [Intake] come from the reader's own, one at a time.
final class Reader {

    private static final Logger LOG = System.getLogger(Reader.class.getName());

    private final String name;
    private final Link link;
    private final Duration retryDelay;
    private final Opening opening;
    private final Intake intake;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private @Nullable Place place;

    /// @param name for the thread and the log; names nothing secret
    Reader(String name, Link link, Duration retryDelay, Opening opening, Intake intake) {
        this.name = name;
        this.link = link;
        this.retryDelay = retryDelay;
        this.opening = opening;
        this.intake = intake;
    }

    /// Puts the reader in place. Blocks for a few round trips.
    ///
    /// @throws BackendFailure if the broker refuses, or cannot be reached
    void start() throws BackendFailure {
        LiveLink live = link.live().orElseThrow(Failures::unavailable);
        Place first = open(live);
        Thread.ofVirtual().name("read-" + name).start(() -> run(first));
    }

    /// Whether the reader is in place now, rather than waiting for the link.
    synchronized boolean inPlace() {
        Place now = place;
        return now != null && !now.live().lost() && !now.consumer().isClosed();
    }

    /// Ends the reader without a word to the broker: nothing is taken in after this returns.
    synchronized void stop() {
        stopped.complete(null);
    }

    /// Ends the reader; what the broker has sent it goes back. Nothing is taken in after this
    /// returns. Blocks for a round trip or a bounded time, and not at all when the link is lost.
    void close() {
        stop();
        lastPlace().ifPresent(last -> Closing.andWait(last.live(), last.closing()));
    }

    /// As [#close], without waiting for the broker.
    void closeAside() {
        stop();
        lastPlace().ifPresent(last -> Closing.aside(last.closing()));
    }

    private synchronized Optional<Place> lastPlace() {
        return Optional.ofNullable(place);
    }

    private void run(Place first) {
        try {
            Optional<Place> now = Optional.of(first);
            while (now.isPresent()) {
                drain(now.get());
                Closing.aside(now.get().closing());
                now = reopened();
            }
        } catch (InterruptedException | RuntimeException e) {
            LOG.log(Level.ERROR, "reader died reader=" + name, e);
            end(new BackendFailure(Kind.REFUSED, "the subscription has failed", e));
        }
    }

    /// Takes in messages until the consumer is closed, by whomever.
    private void drain(Place from) throws InterruptedException {
        while (!stopped.isDone()) {
            intake.awaitRoom();
            if (!takeOne(from)) {
                intake.roomUnused();
                return;
            }
        }
    }

    private boolean takeOne(Place from) throws InterruptedException {
        try {
            ClientMessage received = from.consumer().receive();
            return received != null
                    && !from.live().lost()
                    && handOver(from, received, read(from, received));
        } catch (ActiveMQException e) {
            LOG.log(Level.DEBUG, "reader interrupted reader={0} reason={1}", name, e.getMessage());
        } catch (IncomingMessage.BodyLost e) {
            LOG.log(Level.WARNING, "body of a message did not arrive reader={0}", name);
            pause();
        }
        return false;
    }

    private Message read(Place from, ClientMessage received) throws IncomingMessage.BodyLost {
        return IncomingMessage.of(received, from.live().broker(), link.largestBody());
    }

    private synchronized boolean handOver(Place from, ClientMessage received, Message message) {
        if (stopped.isDone()) {
            return false;
        }
        intake.take(from, received, message);
        return true;
    }

    /// Empty when the reader has ended.
    private Optional<Place> reopened() throws InterruptedException {
        while (!stopped.isDone()) {
            Optional<LiveLink> live = awaitLink();
            if (live.isEmpty()) {
                return Optional.empty();
            }
            try {
                Place next = open(live.get());
                LOG.log(Level.INFO, "reader in place again reader={0}", name);
                return Optional.of(next);
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

    /// Empty when there will be no link, or the reader was stopped.
    private Optional<LiveLink> awaitLink() {
        CompletableFuture<LiveLink> up = link.up();
        try {
            CompletableFuture.anyOf(up, stopped).join();
            return stopped.isDone() ? Optional.empty() : Optional.of(up.join());
        } catch (CancellationException | CompletionException _) {
            end(Failures.unavailable());
            return Optional.empty();
        }
    }

    private void pause() throws InterruptedException {
        try {
            stopped.get(retryDelay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            // time to try again
        }
    }

    private Place open(LiveLink live) throws BackendFailure {
        try {
            Place opened = opening.open(live);
            keep(opened);
            return opened;
        } catch (ActiveMQException e) {
            throw Failures.ofCall(live, e);
        }
    }

    private synchronized void keep(Place opened) {
        place = opened;
        if (stopped.isDone()) {
            Closing.aside(opened.closing());
        }
    }

    /// Ends the reader and says so to its intake, unless it has ended before.
    void end(BackendFailure why) {
        synchronized (this) {
            if (stopped.isDone()) {
                return;
            }
            stop();
        }
        LOG.log(Level.WARNING, "reader ended reader={0} reason={1}", name, why.getMessage());
        intake.ended(why);
    }

    /// A consumer at the broker, good for one life of the link.
    ///
    /// @param queue where the consumer reads
    /// @param closing gives back what the broker has sent to the consumer
    record Place(LiveLink live, SimpleString queue, ClientConsumer consumer, Closing closing) {

        /// A reader that is closed closes its place, and so does its thread when it sees that.
        Place {
            closing = Closing.once(closing);
        }
    }

    /// Opens the consumer, for the first time and after each loss of the link.
    interface Opening {
        Place open(LiveLink live) throws ActiveMQException, BackendFailure;
    }

    /// Where the messages go.
    interface Intake {

        /// Blocks until one more message may be read.
        void awaitRoom() throws InterruptedException;

        /// No message came for the room that was waited for.
        void roomUnused();

        /// Must return at once.
        void take(Place from, ClientMessage received, Message message);

        /// Nothing more will come, and not because the reader was stopped.
        void ended(BackendFailure why);
    }
}
