package footbridge.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Clients at work on one server, as fast as they can. All but [#start] and [#finish] is confined
/// to the [LoadLoop]'s thread.
abstract class Load {

    /// Messages that got to where they should.
    long count;

    final Latencies latencies = new Latencies();

    /// Connects the clients and sets them to work.
    abstract void start(LoadLoop loop) throws IOException, InterruptedException;

    /// Checks what was received.
    ///
    /// @throws IOException if something is not as it should be
    void finish(LoadLoop loop) throws IOException, InterruptedException {}

    /// The queue at the broker in which messages are left; empty if there is none.
    String leftover() {
        return "";
    }

    /// What is to be said of the run beside numbers.
    String note() {
        return "";
    }

    final Measurement measure(Server server, Timing timing)
            throws IOException, InterruptedException {
        try (LoadLoop loop = new LoadLoop(server)) {
            return measure(loop, server, timing);
        } finally {
            server.forget(leftover());
        }
    }

    private Measurement measure(LoadLoop loop, Server server, Timing timing)
            throws IOException, InterruptedException {
        start(loop);
        Thread.sleep(timing.warm());
        long before =
                loop.ask(() -> {
                    latencies.clear();
                    return count;
                });
        long cpu = Processes.cpuMicros(server.processes());
        long start = System.nanoTime();
        Thread.sleep(timing.counted());
        long messages = loop.ask(() -> count) - before;
        double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        double cpuMicros = Processes.cpuMicros(server.processes()) - cpu;
        finish(loop);
        loop.check();
        if (messages == 0) {
            throw new IOException("nothing arrived");
        }
        return loop.ask(() ->
                new Measurement(
                        messages / seconds,
                        cpuMicros / messages,
                        latencies.percentile(50),
                        latencies.percentile(99),
                        note()));
    }
}
