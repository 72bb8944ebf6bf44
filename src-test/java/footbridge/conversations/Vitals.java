package footbridge.conversations;

import static java.nio.charset.StandardCharsets.UTF_8;

import footbridge.testbed.GatewayProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What a gateway holds of its machine's goods.
///
/// @param handles open files and sockets
/// @param heap octets in use after a garbage collection
/// @param clients connected, by its own count
record Vitals(int threads, int handles, long heap, int clients) {

    private static final Pattern USED =
            Pattern.compile("(?m)^ ?(?:DefNew|Tenured|def new|tenured) .* used (\\d+)K");
    private static final Pattern CLIENTS =
            Pattern.compile("(?m)^footbridge_connections\\{[^}]*\\} (\\d+)");

    static Vitals of(GatewayProcess gateway) throws IOException, InterruptedException {
        Path proc = Path.of("/proc", Long.toString(gateway.pid()));
        String status = Files.readString(proc.resolve("status"));
        jcmd(gateway, "GC.run");
        return new Vitals(
                Integer.parseInt(status.replaceAll("(?s).*Threads:\\s+(\\d+).*", "$1")),
                handles(proc.resolve("fd")),
                heap(jcmd(gateway, "GC.heap_info")),
                clients(gateway));
    }

    private static int handles(Path folder) throws IOException {
        try (Stream<Path> handles = Files.list(folder)) {
            return (int) handles.count();
        }
    }

    /// Of the serial collector, whose two generations it adds up.
    private static long heap(String text) {
        long kibibytes =
                USED.matcher(text).results().mapToLong(line -> Long.parseLong(line.group(1))).sum();
        if (kibibytes == 0) {
            throw new IllegalStateException("no heap in: " + text);
        }
        return kibibytes * 1024;
    }

    private static String jcmd(GatewayProcess gateway, String command)
            throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process =
                new ProcessBuilder(jcmd.toString(), Long.toString(gateway.pid()), command)
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
        return output;
    }

    static int clients(GatewayProcess gateway) throws IOException, InterruptedException {
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            URI metrics =
                    URI.create("http://localhost:%d/q/metrics".formatted(gateway.managementPort()));
            String text =
                    http.send(
                                    HttpRequest.newBuilder(metrics).build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body();
            int[] counts =
                    CLIENTS.matcher(text)
                            .results()
                            .mapToInt(count -> Integer.parseInt(count.group(1)))
                            .toArray();
            if (counts.length == 0) {
                throw new IllegalStateException("no count of clients in the metrics");
            }
            return IntStream.of(counts).sum();
        }
    }
}
