package footbridge.jms.link;

import footbridge.backend.Account;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One link of the pool, connected again and again by a virtual thread of its own.
///
/// Safe for use by any thread; only [#close] blocks.
final class KeptLink implements Link {

    private static final Logger LOG = System.getLogger(KeptLink.class.getName());

    private final String name;
    private final Locators locators;
    private final ArtemisSettings settings;
    private final int largestBody;
    private final Thread keeper;
    private volatile CompletableFuture<LiveLink> up = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean closed;
    private volatile String reason = "not connected yet";

    /// @param largestBody octets that a body may have for a client
    KeptLink(String name, Locators locators, ArtemisSettings settings, int largestBody) {
        this.name = name;
        this.locators = locators;
        this.settings = settings;
        this.largestBody = largestBody;
        keeper = Thread.ofVirtual().name("link-" + name).unstarted(this::keepConnected);
    }

    @Override
    public int largestBody() {
        return largestBody;
    }

    void start() {
        keeper.start();
    }

    @Override
    public Optional<Account> account() {
        return Optional.empty();
    }

    @Override
    public Optional<LiveLink> live() {
        return Optional.ofNullable(current()).filter(link -> !link.lost());
    }

    @Override
    public CompletableFuture<LiveLink> up() {
        return up;
    }

    @Override
    public void release() {
        // It serves all clients of the node.
    }

    /// Why the link is down, for the operator; empty when it is up.
    String reason() {
        return reason;
    }

    /// Lets the connection go and connects no more. Blocks until the connection is closed or a call
    /// timeout is over. A connect under way is waited for, if it does not take long: the client
    /// library forgets to close a socket when it is interrupted.
    void close() throws InterruptedException {
        Optional<LiveLink> last = endForGood();
        closing.countDown();
        if (last.isPresent()) {
            aside(last.get()::close).join(settings.callTimeout());
        }
        if (!keeper.join(Closing.LONGEST_WAIT)) {
            keeper.interrupt();
        }
    }

    private synchronized Optional<LiveLink> endForGood() {
        Optional<LiveLink> last = live();
        CompletableFuture<LiveLink> waitedFor = up;
        closed = true;
        reason = "closed";
        up = CompletableFuture.failedFuture(new CancellationException());
        waitedFor.cancel(false);
        last.ifPresent(LiveLink::markLost);
        return last;
    }

    private void keepConnected() {
        try {
            while (!closed) {
                connectOnce();
                closing.await(settings.reconnectDelay().toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            LOG.log(Level.DEBUG, "broker link closed link={0}", name);
        }
    }

    /// Returns when the connection is lost, or could not be made.
    private void connectOnce() throws InterruptedException {
        LiveLink live;
        try {
            live = LiveLink.connect(locators, settings);
        } catch (Exception e) {
            failed(e);
            return;
        }
        var ended = new CountDownLatch(1);
        try {
            live.onLoss(() -> {
                down(live);
                ended.countDown();
            });
            live.watch(ended::countDown);
            if (published(live)) {
                ended.await();
            }
        } finally {
            live.markLost();
            giveUp(live);
        }
    }

    private void giveUp(LiveLink live) {
        if (closed) {
            live.close();
        } else {
            aside(live::abandon);
        }
    }

    /// False if nobody needs the link any more, or it is gone already.
    private synchronized boolean published(LiveLink live) {
        if (closed || live.lost()) {
            return false;
        }
        reason = "";
        up.complete(live);
        LOG.log(Level.INFO, "broker link up link={0}", name);
        return true;
    }

    private synchronized void down(LiveLink live) {
        if (current() == live) {
            reason = "connection lost";
            up = new CompletableFuture<>();
            LOG.log(Level.WARNING, "broker link lost link={0}", name);
        }
        live.markLost();
    }

    private void failed(Exception why) {
        String told = String.valueOf(why.getMessage());
        boolean news = !told.equals(reason);
        reason = told;
        LOG.log(
                news ? Level.WARNING : Level.DEBUG,
                "broker link cannot be made link={0} reason={1}",
                name,
                told);
    }

    /// Closing can block for long when the broker does not answer: no thread of ours waits for it.
    private Thread aside(Runnable closing) {
        return Thread.ofVirtual().name("close-" + name).start(closing);
    }

    private @Nullable LiveLink current() {
        CompletableFuture<LiveLink> now = up;
        return now.isCompletedExceptionally() ? null : now.getNow(null);
    }
}
