package footbridge.system;

import static footbridge.system.Site.headers;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import footbridge.testbed.GatewayProcess;
import footbridge.testbed.StompClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Sockets that are opened to be a burden: 10,000 that never say who they are, and 100 that send an
/// octet now and then.
@Timeout(180)
class FloodIT {

    private static final int HALF_OPEN = 10_000;
    private static final int LORISES = 100;
    private static final Duration TIME_TO_CONNECT = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration GOOD_SERVICE = Duration.ofSeconds(1);

    private static final String UPGRADE =
            """
            GET /stomp HTTP/1.1
            Host: localhost
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

            """
                    .replace("\n", "\r\n");

    private static final String CONNECT =
            "CONNECT\naccept-version:1.2\nhost:" + "h".repeat(10_000) + "\n\n\0";

    @Test
    void aNormalClientIsServedAndTheFloodRecedes(@TempDir Path data) throws Exception {
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        assumeTrue(
                system.getMaxFileDescriptorCount() > HALF_OPEN + 2_000
                        || "true".equals(System.getenv("CI")),
                "too few file descriptors: raise 'ulimit -n' to 15000");
        try (Site site =
                        Site.start(
                                data,
                                Map.of(
                                        "footbridge.limits.time-to-connect",
                                        TIME_TO_CONNECT.toSeconds() + "s",
                                        "footbridge.limits.connections-per-address",
                                        "0"),
                                "-Xmx256m");
                var flood = new Flood(site.gateway())) {
            flood.rise();

            assertThat(medianTimeToConnect(site.gateway())).isLessThan(GOOD_SERVICE);
            assertThat(flood.stillThere()).as("the flood was there meanwhile").isTrue();

            await().atMost(Duration.ofSeconds(90)).until(flood::isGone);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Metrics.of(site.gateway()).value("footbridge_connections") == 0);
            assertThat(site.gateway().log()).doesNotContain("OutOfMemory", "Exception");
        }
    }

    private static Duration medianTimeToConnect(GatewayProcess gateway) throws Exception {
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            long start = System.nanoTime();
            try (StompClient client =
                    i % 2 == 0
                            ? StompClient.tcp("localhost", gateway.tcpPort())
                            : StompClient.webSocket(gateway.webSocket())) {
                client.send("CONNECT", headers("accept-version", "1.2", "host", "h"), "");
                client.expect("CONNECTED", Duration.ofSeconds(10));
                times.add(Duration.ofNanos(System.nanoTime() - start));
            }
        }
        times.sort(null);
        return times.get(times.size() / 2);
    }

    private static final class Flood implements AutoCloseable {

        private final InetSocketAddress http;
        private final InetSocketAddress tcp;
        private final List<SocketChannel> halfOpen = new ArrayList<>();
        private final List<SocketChannel> lorises = new ArrayList<>();
        private final AtomicBoolean over = new AtomicBoolean();

        Flood(GatewayProcess gateway) {
            http = new InetSocketAddress("localhost", gateway.httpPort());
            tcp = new InetSocketAddress("localhost", gateway.tcpPort());
        }

        /// A third each: STOMP over TCP, upgraded to WebSocket, and HTTP without a request.
        void rise() throws IOException {
            for (int i = 0; i < LORISES; i++) {
                lorises.add(SocketChannel.open(i % 2 == 0 ? tcp : http));
            }
            Thread.ofPlatform().daemon().name("slow-loris").start(this::drip);
            for (int i = 0; i < HALF_OPEN; i++) {
                SocketChannel socket = SocketChannel.open(i % 3 == 0 ? tcp : http);
                halfOpen.add(socket);
                if (i % 3 == 1) {
                    socket.write(ByteBuffer.wrap(UPGRADE.getBytes(US_ASCII)));
                }
            }
        }

        /// Each loris sends a CONNECT, or the request for a WebSocket, octet by octet.
        private void drip() {
            byte[] connect = CONNECT.getBytes(US_ASCII);
            byte[] upgrade = UPGRADE.replace("localhost", "l".repeat(4_000)).getBytes(US_ASCII);
            for (int octet = 0; octet < 4_000 && !over.get(); octet++) {
                for (int i = 0; i < LORISES; i++) {
                    byte[] all = i % 2 == 0 ? connect : upgrade;
                    drip(lorises.get(i), all[octet]);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }

        private static void drip(SocketChannel loris, byte octet) {
            try {
                loris.write(ByteBuffer.wrap(new byte[] {octet}));
            } catch (IOException closedByTheGateway) {
                // That is what this test waits for elsewhere.
            }
        }

        boolean stillThere() throws IOException {
            return open(lorises) == LORISES && open(halfOpen) == HALF_OPEN;
        }

        boolean isGone() throws IOException {
            return open(lorises) == 0 && open(halfOpen) == 0;
        }

        /// How many of them the gateway has not closed.
        private static int open(List<SocketChannel> sockets) throws IOException {
            ByteBuffer unread = ByteBuffer.allocate(1_024);
            int open = 0;
            for (SocketChannel socket : sockets) {
                socket.configureBlocking(false);
                open += isOpen(socket, unread) ? 1 : 0;
            }
            return open;
        }

        private static boolean isOpen(SocketChannel socket, ByteBuffer unread) {
            try {
                int octets;
                do {
                    octets = socket.read(unread.clear());
                } while (octets > 0);
                return octets == 0;
            } catch (IOException reset) {
                return false;
            }
        }

        @Override
        public void close() throws IOException {
            over.set(true);
            for (SocketChannel socket : halfOpen) {
                socket.close();
            }
            for (SocketChannel socket : lorises) {
                socket.close();
            }
        }
    }
}
