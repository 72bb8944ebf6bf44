package footbridge.system;

import footbridge.testbed.GatewayProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// What a gateway counts, at one moment.
record Metrics(String text) {

    static Metrics of(GatewayProcess gateway) throws IOException, InterruptedException {
        return new Metrics(read(gateway, "/q/metrics"));
    }

    /// What a page of the management port says.
    static String read(GatewayProcess gateway, String path)
            throws IOException, InterruptedException {
        URI address = URI.create("http://localhost:%d%s".formatted(gateway.managementPort(), path));
        try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(
                            HttpRequest.newBuilder(address).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /// The value of a counter or gauge, all its tags together; 0 if it is not there yet.
    ///
    /// @param name with all its tags, as it is written, or without any
    double value(String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
