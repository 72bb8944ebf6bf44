package footbridge.system;

import static footbridge.system.Site.PATIENCE;
import static footbridge.system.Site.headers;
import static footbridge.system.Site.subscribe;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A thousand clients that have stopped reading, beside some that read.
@Timeout(180)
class SlowReadersIT {

    private static final int STOPPED = 1_000;
    private static final int BATCH = 50;
    private static final String BODY = "x".repeat(2_048);

    /// What a batch may take while a thousand clients are stuck, on a slow machine too.
    private static final Duration BATCH_TIME = Duration.ofSeconds(10);

    private static final String RULES =
            """
            defaults: { allow: [anonymous], create: auto }
            rules:
              - { destination: /topic/cut, to: { jms: artemis, topic: slow.cut } }
              - destination: /topic/drop
                to: { jms: artemis, topic: slow.drop }
                subscribe: { slow: drop-oldest }
            """;

    @Test
    void nobodyElseNoticesThem(@TempDir Path data) throws Exception {
        Path rules = Files.createDirectory(data.resolve("rules"));
        Files.writeString(rules.resolve("slow.yaml"), RULES);
        try (Site site =
                        Site.start(
                                data,
                                Map.of(
                                        "footbridge.mappings",
                                        rules.toString(),
                                        "footbridge.limits.connections-per-address",
                                        "0"),
                                "-Xmx256m");
                var stopped = new Stopped(site.gateway().tcpPort());
                StompClient sender = site.connected();
                StompClient cut = site.connected();
                StompClient drop = site.connected();
                StompClient dozing = StompClient.over(narrow(site.gateway().tcpPort()))) {
            stopped.subscribe(STOPPED / 2, "/topic/cut");
            stopped.subscribe(STOPPED / 2, "/topic/drop");
            dozing.send("CONNECT", headers("accept-version", "1.2", "host", "h"), "");
            dozing.expect("CONNECTED", PATIENCE);
            subscribe(dozing, "d", "/topic/drop");
            dozing.pauseReading();
            subscribe(cut, "c", "/topic/cut");
            subscribe(drop, "d", "/topic/drop");

            int sent = 0;
            while (Metrics.of(site.gateway())
                                    .value(
                                            "footbridge_connections_closed_total{reason=\"slow-consumer\"}")
                            < STOPPED / 2
                    || sent < 4_000) {
                batch(sender, "/topic/cut", cut, sent);
                batch(sender, "/topic/drop", drop, sent);
                sent += BATCH;
            }

            assertThat(Metrics.of(site.gateway()).value("footbridge_messages_dropped_total"))
                    .isPositive();
            assertThat(receivedAndDropped(dozing, sent)).isEqualTo(sent);
            assertThat(site.gateway().log()).doesNotContain("OutOfMemory");
        }
    }

    /// Sends some messages and waits until a client that reads has all of them, in order.
    private static void batch(StompClient sender, String destination, StompClient reader, int first)
            throws Exception {
        for (int i = 0; i < BATCH; i++) {
            sender.send(
                    "SEND",
                    headers("destination", destination, "n", Integer.toString(first + i)),
                    BODY);
        }
        for (int i = 0; i < BATCH; i++) {
            StompFrame message = reader.expect("MESSAGE", BATCH_TIME);
            assertThat(message.header("n")).contains(Integer.toString(first + i));
            assertThat(message.header("dropped")).isEmpty();
        }
    }

    /// Lets a client read on until it has the last message.
    private static long receivedAndDropped(StompClient client, int sent) throws Exception {
        client.resumeReading();
        long count = 0;
        long dropped = 0;
        String number;
        do {
            StompFrame message = client.expect("MESSAGE", PATIENCE);
            number = message.header("n").orElseThrow();
            count++;
            dropped += message.header("dropped").map(Long::parseLong).orElse(0L);
            // Whatever is missing before a message is told with it.
            assertThat(number).isEqualTo(Long.toString(count + dropped - 1));
        } while (!number.equals(Integer.toString(sent - 1)));
        assertThat(dropped).isPositive();
        return count + dropped;
    }

    /// A connection that holds little on its own account, so that the gateway feels who stops.
    private static Socket narrow(int port) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(8 * 1024);
        socket.connect(new InetSocketAddress("localhost", port));
        return socket;
    }

    /// Clients that subscribe and never read again.
    private static final class Stopped implements AutoCloseable {

        private final int port;
        private final List<Socket> sockets = new ArrayList<>();

        Stopped(int port) {
            this.port = port;
        }

        void subscribe(int clients, String destination) throws IOException {
            for (int i = 0; i < clients; i++) {
                Socket socket = narrow(port);
                sockets.add(socket);
                socket.setSoTimeout((int) PATIENCE.toMillis());
                socket.getOutputStream()
                        .write(
                                "CONNECT\naccept-version:1.2\nhost:h\n\n\0SUBSCRIBE\nid:0\nreceipt:r\ndestination:%s\n\n\0"
                                        .formatted(destination)
                                        .getBytes(US_ASCII));
            }
            for (Socket socket : sockets.subList(sockets.size() - clients, sockets.size())) {
                awaitReceipt(socket);
            }
        }

        private static void awaitReceipt(Socket socket) throws IOException {
            StringBuilder text = new StringBuilder();
            while (!text.toString().contains("receipt-id:r")) {
                int octet = socket.getInputStream().read();
                assertThat(octet).as("after %s", text).isNotNegative();
                text.append((char) octet);
            }
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
