package footbridge.system;

import static footbridge.system.Site.PATIENCE;
import static footbridge.system.Site.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.GatewayProcess;
import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every limit over the wire: what is just within it passes, one more does not.
@Timeout(120)
class LimitsIT {

    private static final int BEFORE_CONNECTED = 4096;
    private static final int NODE = 25;
    private static final int ADDRESS = 3;
    private static final String CONNECT = "CONNECT\naccept-version:1.2\nhost:h\n\n\0";

    private static Site site;

    private final List<StompClient> clients = new ArrayList<>();

    @BeforeAll
    static void start(@TempDir Path data) {
        site =
                Site.start(
                        data,
                        Map.ofEntries(
                                Map.entry("footbridge.limits.time-to-connect", "5s"),
                                Map.entry("footbridge.limits.command", "20"),
                                Map.entry("footbridge.limits.header-line", "1K"),
                                Map.entry("footbridge.limits.headers", "10"),
                                Map.entry("footbridge.limits.body", "64K"),
                                Map.entry("footbridge.limits.before-connected", "4K"),
                                Map.entry("footbridge.limits.subscriptions", "3"),
                                Map.entry("footbridge.limits.transactions", "2"),
                                Map.entry("footbridge.limits.transaction-frames", "4"),
                                Map.entry("footbridge.limits.transaction-bytes", "1K"),
                                Map.entry("footbridge.limits.connections", Integer.toString(NODE)),
                                Map.entry(
                                        "footbridge.limits.connections-per-address",
                                        Integer.toString(ADDRESS)),
                                Map.entry("footbridge.trusted-proxies", "127.0.0.0/8,::1")));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @AfterEach
    void leave() {
        clients.forEach(StompClient::close);
    }

    private StompClient tcp() throws Exception {
        StompClient client = StompClient.tcp("localhost", site.gateway().tcpPort());
        clients.add(client);
        return client;
    }

    private StompClient connected() throws Exception {
        StompClient client = tcp();
        client.send(CONNECT);
        client.expect("CONNECTED", PATIENCE);
        return client;
    }

    private static void refused(StompClient client, String code) throws Exception {
        StompFrame error = client.expect("ERROR", PATIENCE);
        assertThat(error.header("code")).contains(code);
        assertThat(client.awaitEnd(PATIENCE)).isPresent();
    }

    /// A frame that does no harm and is answered.
    private static void taken(StompClient client) throws Exception {
        assertThat(client.next(PATIENCE).map(StompFrame::command)).contains("RECEIPT");
    }

    @Test
    void whoeverDoesNotConnectInTimeIsToldAndLeft() throws Exception {
        StompClient silent = tcp();
        StompClient slow = tcp();
        slow.send("CONN");

        refused(silent, "connect-timeout");
        refused(slow, "connect-timeout");
        // Time that passes after CONNECTED does not count.
        StompClient late = connected();
        assertThat(late.awaitEnd(Duration.ofSeconds(6))).isEmpty();
    }

    @Test
    void anHttpSocketWithoutARequestIsClosedToo() throws Exception {
        try (var socket = new Socket("localhost", site.gateway().httpPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream()
                    .write("GET /stomp HTTP/1.1\r\nHost: a".getBytes(StandardCharsets.US_ASCII));

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void octetsBeforeConnected() throws Exception {
        StompClient within = tcp();
        within.send("\n".repeat(BEFORE_CONNECTED - CONNECT.length()) + CONNECT);
        within.expect("CONNECTED", PATIENCE);

        StompClient beyond = tcp();
        beyond.send("\n".repeat(BEFORE_CONNECTED - CONNECT.length() + 1) + CONNECT);
        refused(beyond, "too-much-before-connected");
    }

    /// Netty would gather the whole frame before the STOMP decoder sees any of it.
    @Test
    void aLongWebSocketFrameIsRefusedWhileItComes() throws Exception {
        try (var socket = new Socket("localhost", site.gateway().httpPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            OutputStream out = socket.getOutputStream();
            out.write(
                    """
                    GET /stomp HTTP/1.1
                    Host: localhost
                    Connection: Upgrade
                    Upgrade: websocket
                    Sec-WebSocket-Version: 13
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                    """
                            .replace("\n", "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertThat(until(in, "\r\n\r\n")).contains("101 Switching");

            // The head of a masked binary frame of 64 KiB, and less than that of its octets.
            out.write(
                    ByteBuffer.allocate(14)
                            .put((byte) 0x82)
                            .put((byte) 0xff)
                            .putLong(65_536)
                            .array());
            out.write(new byte[20_000]);

            assertThat(until(in, "code:too-much-before-connected")).contains("ERROR");
        }
    }

    private static String until(InputStream in, String end) throws Exception {
        StringBuilder text = new StringBuilder();
        while (!text.toString().endsWith(end)) {
            int octet = in.read();
            assertThat(octet).as("end of stream after %s", text).isNotNegative();
            text.append((char) octet);
        }
        return text.toString();
    }

    @Test
    void octetsInACommand() throws Exception {
        StompClient within = connected();
        within.send("C".repeat(20) + "\n\n\0");
        refused(within, "unknown-command");

        StompClient beyond = connected();
        beyond.send("C".repeat(21));
        refused(beyond, "command-too-long");
    }

    @Test
    void octetsInAHeaderLine() throws Exception {
        StompClient within = connected();
        within.send("BEGIN\ntransaction:t\nreceipt:r\nx:" + "y".repeat(1022) + "\n\n\0");
        taken(within);

        StompClient beyond = connected();
        beyond.send("BEGIN\ntransaction:t\nreceipt:r\nx:" + "y".repeat(1023) + "\n\n\0");
        refused(beyond, "header-too-long");
    }

    @Test
    void headersInAFrame() throws Exception {
        StompClient within = connected();
        within.send("BEGIN\ntransaction:t\nreceipt:r\n" + "x:y\n".repeat(8) + "\n\0");
        taken(within);

        StompClient beyond = connected();
        beyond.send("BEGIN\ntransaction:t\nreceipt:r\n" + "x:y\n".repeat(9) + "\n\0");
        refused(beyond, "too-many-headers");
    }

    @Test
    void octetsInABody() throws Exception {
        String send = "SEND\ndestination:/queue/limits\nreceipt:r\ncontent-length:%d\n\n%s\0";
        StompClient within = connected();
        within.send(send.formatted(65_536, "b".repeat(65_536)));
        taken(within);

        StompClient beyond = connected();
        beyond.send(send.formatted(65_537, ""));
        refused(beyond, "body-too-large");
    }

    @Test
    void subscriptionsOfAConnection() throws Exception {
        StompClient client = connected();
        for (int i = 0; i < 3; i++) {
            Site.subscribe(client, "s" + i, "/queue/limits" + i);
        }
        client.send("UNSUBSCRIBE", headers("id", "s0"), "");
        Site.subscribe(client, "s3", "/queue/limits3");

        client.send("SUBSCRIBE", headers("id", "s4", "destination", "/queue/limits4"), "");
        refused(client, "too-many-subscriptions");
    }

    @Test
    void openTransactionsOfAConnection() throws Exception {
        StompClient client = connected();
        for (String name : List.of("a", "b")) {
            client.send("BEGIN", headers("transaction", name, "receipt", "r"), "");
            taken(client);
        }
        client.send("ABORT", headers("transaction", "a"), "");
        client.send("BEGIN", headers("transaction", "c", "receipt", "r"), "");
        taken(client);

        client.send("BEGIN", headers("transaction", "d"), "");
        refused(client, "too-many-transactions");
    }

    @Test
    void framesInATransaction() throws Exception {
        StompClient client = inTransaction();
        for (int i = 0; i < 4; i++) {
            sendInTransaction(client, "");
            taken(client);
        }

        sendInTransaction(client, "");
        refused(client, "transaction-too-large");
    }

    @Test
    void octetsInATransaction() throws Exception {
        StompClient client = inTransaction();
        sendInTransaction(client, "b".repeat(1024));
        taken(client);

        sendInTransaction(client, "b");
        refused(client, "transaction-too-large");
    }

    private StompClient inTransaction() throws Exception {
        StompClient client = connected();
        client.send("BEGIN", headers("transaction", "t"), "");
        return client;
    }

    private static void sendInTransaction(StompClient client, String body) throws Exception {
        client.send(
                "SEND",
                headers("destination", "/queue/limits", "transaction", "t", "receipt", "r"),
                body);
    }

    /// The proxy of this test tells where its clients come from over WebSocket, and cannot over
    /// TCP.
    @Test
    void connectionsOfAnAddress() throws Exception {
        for (int i = 0; i < ADDRESS; i++) {
            assertThat(from("192.0.2.1").next(PATIENCE).map(StompFrame::command))
                    .contains("CONNECTED");
        }

        refused(opened("192.0.2.1"), "too-many-connections");
        from("192.0.2.2").expect("CONNECTED", PATIENCE);
        for (int i = 0; i < ADDRESS + 1; i++) {
            connected();
        }
        clients.removeFirst().close();
        await().atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class) // refused before it could speak
                .until(() ->
                        from("192.0.2.1")
                                .next(PATIENCE)
                                .filter(frame -> frame.command().equals("CONNECTED"))
                                .isPresent());
    }

    private StompClient from(String address) throws Exception {
        StompClient client = opened(address);
        client.send(CONNECT);
        return client;
    }

    private StompClient opened(String address) throws Exception {
        StompClient client =
                StompClient.webSocket(
                        site.gateway().webSocket(), Map.of("X-Forwarded-For", address));
        clients.add(client);
        return client;
    }

    @Test
    void connectionsOfTheNode() throws Exception {
        await().atMost(PATIENCE)
                .until(() -> Metrics.of(site.gateway()).value("footbridge_connections") == 0);
        for (int i = 0; i < NODE; i++) {
            connected();
        }

        refused(tcp(), "too-many-connections");
        clients.removeFirst().close();
        await().atMost(PATIENCE)
                .until(() -> {
                    StompClient client = tcp();
                    client.send(CONNECT);
                    return client.next(PATIENCE)
                            .filter(frame -> frame.command().equals("CONNECTED"))
                            .isPresent();
                });
    }

    @Test
    void framesInASecond() throws Exception {
        int perSecond = 20;
        int frames = 60;
        try (GatewayProcess gateway = withFrames(perSecond, "refuse");
                StompClient client = StompClient.tcp("localhost", gateway.tcpPort())) {
            client.send(CONNECT);
            client.expect("CONNECTED", PATIENCE);
            begins(client, perSecond / 2);
            for (int i = 0; i < perSecond / 2; i++) {
                taken(client);
            }
            begins(client, frames);

            StompFrame last = client.next(PATIENCE).orElseThrow();
            while (last.command().equals("RECEIPT")) {
                last = client.next(PATIENCE).orElseThrow();
            }
            assertThat(last.header("code")).contains("too-many-frames");
        }
    }

    @Test
    void framesThatComeTooFastAreTakenMoreSlowly() throws Exception {
        int perSecond = 20;
        int frames = 60;
        try (GatewayProcess gateway = withFrames(perSecond, "slow");
                StompClient client = StompClient.tcp("localhost", gateway.tcpPort())) {
            client.send(CONNECT);
            client.expect("CONNECTED", PATIENCE);
            long start = System.nanoTime();
            for (int i = 0; i < frames; i++) {
                begins(client, 1);
                taken(client);
            }

            // A second's worth may come at once; the rest takes two seconds.
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThan(Duration.ofMillis(1_500));
        }
    }

    private static void begins(StompClient client, int frames) throws Exception {
        client.send(
                "BEGIN\ntransaction:t\nreceipt:r\n\n\0ABORT\ntransaction:t\n\n\0".repeat(frames));
    }

    private static GatewayProcess withFrames(int perSecond, String excess) {
        return Site.demoGateway()
                .settings(site.brokers().gatewaySettings())
                .setting("footbridge.limits.frames-per-second", Integer.toString(2 * perSecond))
                .setting("footbridge.limits.frames-excess", excess)
                .start();
    }
}
