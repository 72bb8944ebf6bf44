package footbridge.system;

import static footbridge.system.Site.PATIENCE;
import static footbridge.system.Site.headers;
import static footbridge.system.Site.subscribe;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.SockJs;
import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// STOMP over every transport of SockJS, driven as the browser's library drives them.
@Timeout(120)
class SockJsIT {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static Site site;

    @BeforeAll
    static void start(@TempDir Path data) {
        site =
                Site.start(
                        data,
                        Map.of(
                                "footbridge.sockjs.echo", "true",
                                "footbridge.sockjs.session-timeout", "2s",
                                "footbridge.origins", "http://shop.example"));
    }

    @AfterAll
    static void stop() {
        site.close();
        HTTP.close();
    }

    private static StompClient connected(SockJs transport) throws Exception {
        StompClient client = StompClient.sockJs(site.gateway().sockJs(), transport);
        client.send(
                "CONNECT",
                headers("accept-version", "1.2", "host", "h", "heart-beat", "0,1000"),
                "");
        client.expect("CONNECTED", PATIENCE);
        return client;
    }

    @ParameterizedTest
    @EnumSource
    void aMessageCrossesToAQueueAndBackWithReceipts(SockJs transport) throws Exception {
        String queue = "/queue/sockjs-" + transport.name();
        String body = "Grüße, \"World\"\\ 😀\n".repeat(200);
        try (StompClient client = connected(transport)) {
            subscribe(client, "s", queue);
            client.send("SEND", headers("destination", queue, "receipt", "sent"), body);

            Map<String, StompFrame> frames = twoFrames(client);
            assertThat(frames.get("MESSAGE").text()).isEqualTo(body);
            assertThat(frames.get("RECEIPT").header("receipt-id")).contains("sent");

            client.send("DISCONNECT", headers("receipt", "bye"), "");
            assertThat(client.expect("RECEIPT", PATIENCE).header("receipt-id")).contains("bye");
            assertThat(client.awaitEnd(PATIENCE))
                    .hasValueSatisfying(end -> assertThat(end.reason()).isEqualTo("Go away!"));
        }
    }

    private static StompClient binaryClient() throws Exception {
        StompClient client = StompClient.binaryWebSocket(site.gateway().webSocket());
        client.send("CONNECT", headers("accept-version", "1.2", "host", "h"), "");
        client.expect("CONNECTED", PATIENCE);
        return client;
    }

    private static Map<String, StompFrame> twoFrames(StompClient client) throws Exception {
        StompFrame first = client.next(PATIENCE).orElseThrow();
        StompFrame second = client.next(PATIENCE).orElseThrow();
        return Map.of(first.command(), first, second.command(), second);
    }

    @ParameterizedTest
    @EnumSource
    void heartBeatsComeThrough(SockJs transport) throws Exception {
        try (StompClient client = connected(transport)) {
            await().atMost(PATIENCE).until(() -> client.heartBeats() >= 2);
        }
    }

    /// J6: what was queued while the client did not ask is not lost to the close that follows.
    @ParameterizedTest
    @EnumSource
    void anErrorArrivesBeforeTheSessionEnds_J6_J12(SockJs transport) throws Exception {
        try (StompClient client = connected(transport)) {
            client.send("SEND", headers("destination", "/nowhere/at/all"), "");

            assertThat(client.expect("ERROR", PATIENCE).header("code"))
                    .contains("no-such-destination");
            assertThat(client.awaitEnd(PATIENCE)).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBinaryBodyIsRefusedWithItsReason_ambiguity31(SockJs transport) throws Exception {
        try (StompClient client = connected(transport);
                StompClient sender = binaryClient()) {
            String queue = "/queue/binary-" + transport.name();
            subscribe(client, "s", queue);
            sender.send(
                    "SEND\ndestination:%s\ncontent-length:2\n\n\u00ff\0\0"
                            .formatted(queue)
                            .getBytes(ISO_8859_1));

            StompFrame error = client.expect("ERROR", PATIENCE);
            assertThat(error.header("code")).contains("binary-message");
            assertThat(error.text()).contains("SockJS carries only text");
            assertThat(client.awaitEnd(PATIENCE)).isPresent();
            subscribe(sender, "s", queue);
            assertThat(sender.expect("MESSAGE", PATIENCE).bytes())
                    .containsExactly((byte) 0xff, (byte) 0);
        }
    }

    @Test
    void framesSpanStringsAndStringsHoldFrames_J8_J9() throws Exception {
        var session = new RawSession();
        assertThat(session.poll()).isEqualTo("o\n");

        assertThat(session.post("[\"CONN\",\"\",\"ECT\\naccept-version:1.2\\n\\n\\u0000SEND\"]"))
                .isEqualTo(204);
        assertThat(session.poll()).startsWith("a[\"CONNECTED\\n");
        assertThat(
                        session.post(
                                "\"\\ndestination:/queue/sockjs-raw\\nreceipt:1\\n\\n1\\u0000SEND\\ndestination:/queue/sockjs-raw\\nreceipt:2\\n\\n2\\u0000\""))
                .isEqualTo(204);
        String receipts = session.poll();
        if (!receipts.contains("receipt-id:2")) {
            receipts += session.poll();
        }
        assertThat(receipts).contains("receipt-id:1", "receipt-id:2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"[\"a", "[null]", "[\"a\",7]", "[[\"a\"]]", "{\"a\":\"b\"}"})
    void whatIsNoListOfStringsIsRefused_J10(String body) throws Exception {
        var session = new RawSession();
        session.poll();

        assertThat(session.post(body)).isEqualTo(500);
        assertThat(site.gateway().log()).doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"[null]", "[\"a\",null,\"b\"]", "[[\"a\"]]", "[\"a\",7,\"b\"]"})
    void aWebSocketThatBringsSomethingElseIsClosed_J10(String text) throws Exception {
        URI address =
                URI.create(
                        site.gateway()
                                .webSocket()
                                .toString()
                                .replace(
                                        "stomp", "sockjs/000/" + UUID.randomUUID() + "/websocket"));
        var code = new CompletableFuture<Integer>();
        WebSocket socket =
                HTTP.newWebSocketBuilder()
                        .buildAsync(
                                address,
                                new WebSocket.Listener() {
                                    @Override
                                    public @Nullable CompletionStage<?> onClose(
                                            WebSocket closed, int status, String reason) {
                                        code.complete(status);
                                        return null;
                                    }
                                })
                        .join();

        socket.sendText(text, true).join();

        assertThat(code.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1007);
        assertThat(site.gateway().log()).doesNotContain("Exception");
    }

    @Test
    void aSecondReceiverIsTurnedAway_J11() throws Exception {
        var session = new RawSession();
        session.poll();
        var first = HTTP.sendAsync(session.polling(), BodyHandlers.ofString());
        await().atMost(PATIENCE)
                .until(() -> session.poll().equals("c[2010,\"Another connection still open\"]\n"));
        first.cancel(true);
    }

    @Test
    void aClientThatStopsAskingIsNoticed_J12() throws Exception {
        var session = new RawSession();
        session.poll();
        session.post("[\"CONNECT\\naccept-version:1.2\\n\\n\\u0000\"]");
        assertThat(session.poll()).contains("CONNECTED");

        await().atMost(PATIENCE).until(() -> session.post("[\"\\n\"]") == 404);
    }

    @Test
    void pagesOfOtherOriginsMayNotUseIt_W11() throws Exception {
        HttpResponse<String> foreign = get("/sockjs/info", "Origin", "http://evil.example");
        HttpResponse<String> allowed = get("/sockjs/info", "Origin", "http://shop.example");
        HttpResponse<String> iframe = get("/sockjs/iframe.html", "Accept", "text/html");

        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin"))
                .contains("http://shop.example");
        assertThat(allowed.body()).contains("\"websocket\":true", "\"entropy\"");
        assertThat(iframe.headers().firstValue("Content-Security-Policy"))
                .contains("frame-ancestors 'self' http://shop.example");
    }

    /// J14: without SockJS' framing binary bodies pass too.
    @Test
    void theRawWebSocketIsThere_J14() throws Exception {
        URI raw =
                URI.create(
                        site.gateway().webSocket().toString().replace("stomp", "sockjs/websocket"));
        try (StompClient client = StompClient.webSocket(raw, "v12.stomp")) {
            client.send("CONNECT", headers("accept-version", "1.2", "host", "h"), "");
            client.expect("CONNECTED", PATIENCE);
            assertThat(client.subProtocol()).isEqualTo("v12.stomp");
        }
    }

    @Test
    void theSuitesApplicationsAreThereForTestsOfConformance() throws Exception {
        assertThat(get("/echo", "Accept", "*/*").body()).isEqualTo("Welcome to SockJS!\n");
        assertThat(get("/disabled_websocket_echo/info", "Accept", "*/*").body())
                .contains("\"websocket\":false");
        assertThat(get("/cookie_needed_echo/info", "Accept", "*/*").body())
                .contains("\"cookie_needed\":true");
        var echo = new RawSession("/echo");
        echo.poll();
        echo.post("[\"a\",\"b\"]");
        assertThat(echo.poll()).isEqualTo("a[\"a\",\"b\"]\n");
        var closing = new RawSession("/close");
        closing.poll();
        assertThat(closing.poll()).isEqualTo("c[3000,\"Go away!\"]\n");
    }

    private static HttpResponse<String> get(String path, String header, String value)
            throws Exception {
        URI address = site.gateway().sockJs().resolve(path);
        return HTTP.send(
                HttpRequest.newBuilder(address).header(header, value).build(),
                BodyHandlers.ofString());
    }

    /// A session of XHR polling, request by request.
    private static final class RawSession {

        private final URI address;

        RawSession() {
            this("/sockjs");
        }

        RawSession(String application) {
            address =
                    site.gateway()
                            .sockJs()
                            .resolve(application + "/000/" + UUID.randomUUID() + "/");
        }

        HttpRequest polling() {
            return HttpRequest.newBuilder(address.resolve("xhr"))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
        }

        String poll() throws Exception {
            return HTTP.send(polling(), BodyHandlers.ofString()).body();
        }

        int post(String json) throws Exception {
            return HTTP.send(
                            HttpRequest.newBuilder(address.resolve("xhr_send"))
                                    .POST(HttpRequest.BodyPublishers.ofString(json))
                                    .build(),
                            BodyHandlers.ofString())
                    .statusCode();
        }
    }
}
