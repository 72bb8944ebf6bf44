package footbridge.app;

import footbridge.mapping.BrokerNames;
import footbridge.mapping.Mappings;
import footbridge.mapping.file.InvalidMapping;
import footbridge.mapping.file.RuleFolder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The rules in force, kept true to their folder. What the folder holds is compared by its content,
/// so no file system has to tell of changes, and a link that is swapped is seen as well. A change
/// is taken when two looks have found the same, so that a file half written is not; as a whole or
/// not at all; and if it is refused, the old rules stay.
///
/// Safe for use by any thread.
final class LiveRules implements AutoCloseable {

    private static final Logger LOG = System.getLogger(LiveRules.class.getName());

    private final RuleFolder folder;
    private final BrokerNames brokers;
    private final Clock clock;
    private final ScheduledExecutorService looks =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("rules-watch").daemon().factory());

    private @Nullable ScheduledFuture<?> watching;
    private volatile State state;

    /// What the folder held when it was last taken or refused.
    private String judged;

    /// What was seen for the first time.
    private @Nullable String seenOnce;

    /// @param rules in force
    /// @param since when they were loaded
    /// @param refused why the folder's present content is not in force; empty if it is
    record State(Mappings rules, Instant since, Optional<InvalidMapping> refused) {}

    /// Hears what becomes of changes. Called on the thread that looks.
    interface Listener {

        /// Others are in force.
        void replaced();

        /// The old ones stay.
        void refused();
    }

    private LiveRules(RuleFolder folder, BrokerNames brokers, Clock clock) throws InvalidMapping {
        this.folder = folder;
        this.brokers = brokers;
        this.clock = clock;
        this.judged = folder.digest();
        this.state = new State(load(), clock.instant(), Optional.empty());
    }

    /// @throws InvalidMapping if the folder has no rules that can be used
    static LiveRules load(Path folder, BrokerNames brokers, Clock clock) throws InvalidMapping {
        return new LiveRules(new RuleFolder(folder), brokers, clock);
    }

    private Mappings load() throws InvalidMapping {
        return RuleFolder.load(folder.folder(), brokers);
    }

    Mappings current() {
        return state.rules();
    }

    State state() {
        return state;
    }

    /// Looks at the folder from now on, until [#close].
    ///
    /// @param interval between two looks; not at all if it is zero
    void watch(Duration interval, Listener listener) {
        if (interval.isPositive()) {
            watching =
                    looks.scheduleWithFixedDelay(
                            () -> lookSafely(listener),
                            interval.toMillis(),
                            interval.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    /// A task that throws is never run again.
    private void lookSafely(Listener listener) {
        try {
            look(listener);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "rules could not be looked at folder=" + folder.folder(), e);
        }
    }

    /// One look. Not for two threads at once.
    void look(Listener listener) {
        String seen = folder.digest();
        if (seen.equals(judged)) {
            seenOnce = null;
        } else if (seen.equals(seenOnce)) {
            judge(seen, listener);
        } else {
            seenOnce = seen;
        }
    }

    private void judge(String seen, Listener listener) {
        Optional<Mappings> taken = Optional.empty();
        Optional<InvalidMapping> refused = Optional.empty();
        try {
            taken = Optional.of(load());
        } catch (InvalidMapping invalid) {
            refused = Optional.of(invalid);
        }
        if (!folder.digest().equals(seen)) {
            return; // changed while it was read: the next look sees it
        }
        judged = seen;
        seenOnce = null;
        taken.ifPresent(rules -> take(rules, listener));
        refused.ifPresent(why -> refuse(why, listener));
    }

    private void take(Mappings rules, Listener listener) {
        state = new State(rules, clock.instant(), Optional.empty());
        LOG.log(
                Level.INFO,
                "rules reloaded folder={0} rules={1}",
                folder.folder(),
                rules.rules().size());
        listener.replaced();
    }

    private void refuse(InvalidMapping why, Listener listener) {
        State old = state;
        state = new State(old.rules(), old.since(), Optional.of(why));
        LOG.log(
                Level.WARNING,
                "changed rules refused, the old ones stay folder={0}\n{1}",
                folder.folder(),
                why.getMessage());
        listener.refused();
    }

    @Override
    public void close() {
        if (watching != null) {
            watching.cancel(false);
        }
        looks.shutdownNow();
    }
}
