package footbridge.portable;

import footbridge.portable.provider.Driver;
import footbridge.portable.provider.PortableSettings;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A connection to the broker that is made again whenever it is lost, by a virtual thread of its
/// own. Safe for use by any thread; only [#close] blocks.
final class Link {

    private static final Logger LOG = System.getLogger(Link.class.getName());

    private final String name;
    private final Driver driver;
    private final PortableSettings settings;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile CompletableFuture<LiveLink> up = new CompletableFuture<>();
    private volatile String reason = "not connected yet";

    Link(String name, Driver driver, PortableSettings settings) {
        this.name = name;
        this.driver = driver;
        this.settings = settings;
    }

    void start() {
        Thread.ofVirtual().name("link-" + name).start(this::keepConnected);
    }

    /// The link, if it is up as far as is known.
    Optional<LiveLink> live() {
        CompletableFuture<LiveLink> now = up;
        return now.isDone() && !now.isCompletedExceptionally()
                ? Optional.of(now.join()).filter(live -> !live.lost())
                : Optional.empty();
    }

    /// Complete while the link is up, failed when it was closed for good. After a loss this is
    /// another future, and is so before the link's watchers are told.
    CompletableFuture<LiveLink> up() {
        return up;
    }

    /// Why the link is down, for the operator; empty when it is up.
    String reason() {
        return reason;
    }

    Duration reconnectDelay() {
        return settings.reconnectDelay();
    }

    /// Lets the connection go and connects no more. Blocks for a bounded time.
    void close() {
        Optional<LiveLink> last = endForGood();
        closing.countDown();
        last.ifPresent(live -> Closing.andWait(live::close));
    }

    private synchronized Optional<LiveLink> endForGood() {
        Optional<LiveLink> last = live();
        CompletableFuture<LiveLink> waitedFor = up;
        reason = "closed";
        up = CompletableFuture.failedFuture(new CancellationException());
        waitedFor.cancel(false);
        return last;
    }

    private void keepConnected() {
        try {
            do {
                connectOnce();
            } while (!closing.await(settings.reconnectDelay().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            LOG.log(Level.DEBUG, "broker link closed link={0}", name);
        }
    }

    /// Returns when the connection is lost, or could not be made.
    private void connectOnce() throws InterruptedException {
        LiveLink live;
        try {
            live = connect();
        } catch (JMSException | RuntimeException | LinkageError e) {
            failed(e);
            return;
        }
        if (publish(live)) {
            live.awaitLoss();
        }
        Closing.aside(live::close);
    }

    private LiveLink connect() throws JMSException {
        Connection connection = driver.connect(settings.user(), settings.password());
        var live = new LiveLink(connection, this::down);
        try {
            connection.setExceptionListener(problem -> aside(() -> reported(live, problem)));
            connection.start();
            return live;
        } catch (JMSException | RuntimeException e) {
            Closing.aside(connection::close);
            throw e;
        }
    }

    /// Some providers report here what went wrong with a session, too.
    private void reported(LiveLink live, JMSException problem) {
        if (!Failures.broken(live, problem)) {
            LOG.log(
                    Level.WARNING,
                    "broker reports a problem link={0} reason={1}",
                    name,
                    problem.getMessage());
        }
    }

    /// Off the provider's thread, which must not wait for the provider.
    private void aside(Runnable work) {
        Thread.ofVirtual().name("report-" + name).start(work);
    }

    /// False if nobody needs the link any more.
    private synchronized boolean publish(LiveLink live) {
        if (closing.getCount() == 0 || live.lost()) {
            return false;
        }
        reason = "";
        LOG.log(Level.INFO, "broker link up link={0}", name);
        return up.complete(live);
    }

    private synchronized void down(LiveLink live) {
        if (up.isDone() && !up.isCompletedExceptionally() && up.join() == live) {
            reason = "connection lost";
            up = new CompletableFuture<>();
            LOG.log(Level.WARNING, "broker link lost link={0}", name);
        }
    }

    private void failed(Throwable why) {
        String told = String.valueOf(why.getMessage());
        Level level = told.equals(reason) ? Level.DEBUG : Level.WARNING;
        reason = told;
        LOG.log(level, "broker link cannot be made link={0} reason={1}", name, told);
    }
}
