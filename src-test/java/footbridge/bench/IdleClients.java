package footbridge.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Clients that are CONNECTED and silent: what each costs, and how fast they come.
final class IdleClients {

    private IdleClients() {}

    /// @return clients a second and processor time for each; in the note resident memory of the
    ///   first process for each client after garbage collections, and threads
    static Measurement measure(Server server, int clients)
            throws IOException, InterruptedException {
        long process = server.processes().getFirst();
        Processes.collectGarbage(process);
        long memory = Processes.residentKiB(process);
        long threads = Processes.threads(process);
        long cpu = Processes.cpuMicros(server.processes());
        try (LoadLoop loop = new LoadLoop(server)) {
            long start = System.nanoTime();
            loop.connect(clients);
            double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
            double cpuMicros = Processes.cpuMicros(server.processes()) - cpu;
            Processes.collectGarbage(process);
            loop.check();
            double each = (Processes.residentKiB(process) - memory) / (double) clients;
            String note =
                    "%.1f KiB and %.3f threads each"
                            .formatted(
                                    each,
                                    (Processes.threads(process) - threads) / (double) clients);
            return new Measurement(
                    clients / seconds, cpuMicros / clients, Double.NaN, Double.NaN, note);
        }
    }
}
