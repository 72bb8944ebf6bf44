package footbridge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A child process that cannot outlive this JVM, however this JVM ends.
final class TetheredProcess {

    /// What Netty needs of a JVM that would warn about it otherwise.
    static final List<String> NETTY_OPTIONS =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    /// Becomes the command; a watcher beside it kills it when standard input ends, which it does
    /// when this JVM is gone.
    private static final String TETHER =
            "exec 3<&0; (cat <&3; kill -9 $$) >/dev/null 2>&1 & exec \"$@\" 3<&-";

    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);
    private static final int LOG_TAIL = 4_000;
    private static final AtomicInteger LOGS = new AtomicInteger();

    private final Process process;
    private final Path log;

    /// Where the log of this process begins, in octets; an earlier one may have written before.
    private final long logStart;

    private TetheredProcess(Process process, Path log, long logStart) {
        this.process = process;
        this.log = log;
        this.logStart = logStart;
    }

    /// @param log takes standard output and standard error; appended to
    static TetheredProcess start(List<String> command, Path log) {
        List<String> tethered = new ArrayList<>(List.of("/bin/sh", "-c", TETHER, "sh"));
        tethered.addAll(command);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            long logStart = Files.exists(log) ? Files.size(log) : 0;
            Process process =
                    new ProcessBuilder(tethered)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            var child = new TetheredProcess(process, log, logStart);
            Thread.ofVirtual().start(child::endWatcherAfterTheProcess);
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A log file of its own in `folder`.
    static Path newLog(String folder) {
        String name = "%d-%d.log".formatted(ProcessHandle.current().pid(), LOGS.incrementAndGet());
        return Path.of(folder, name);
    }

    /// The `java` that runs this JVM.
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// The exit code, once the process has ended.
    OptionalInt exitCode() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /// Ends the process without asking it (SIGKILL).
    void kill() {
        process.destroyForcibly();
        if (!endsWithin(KILL_TIMEOUT)) {
            throw new IllegalStateException("process " + process.pid() + " survives SIGKILL");
        }
    }

    /// Asks the process to end (SIGTERM); kills it when it does not.
    ///
    /// @return the exit code; empty if it had to be killed
    OptionalInt terminate(Duration timeout) {
        // Not Process.destroy(), which also ends standard input and so has the watcher kill.
        process.toHandle().destroy();
        if (endsWithin(timeout)) {
            return OptionalInt.of(process.exitValue());
        }
        kill();
        return OptionalInt.empty();
    }

    boolean endsWithin(Duration timeout) {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while process " + pid() + " ends", e);
        }
    }

    /// Everything that this process has written so far.
    String log() {
        try (InputStream in = Files.newInputStream(log)) {
            in.skipNBytes(logStart);
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String logTail() {
        String all = log();
        return all.substring(Math.max(0, all.length() - LOG_TAIL));
    }

    /// The watcher must not wait for this JVM and then kill whoever has the process id by then.
    private void endWatcherAfterTheProcess() {
        try {
            process.waitFor();
            process.getOutputStream().close();
        } catch (IOException gone) {
            // The watcher sees the end of its input either way.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
