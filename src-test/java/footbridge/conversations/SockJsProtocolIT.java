package footbridge.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// J: SockJS, as its own requests and answers show it.
@ExtendWith(SharedGateways.class)
final class SockJsProtocolIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String CONNECT =
            "[\"CONNECT\\naccept-version:1.2\\nhost:h\\n\\n\\u0000\"]";

    private URI base;
    private String session;

    @BeforeEach
    void use(WireGateway gateway) {
        base = gateway.process().sockJs();
        session = "/000/" + UUID.randomUUID();
    }

    @Test
    void theGreetingTellsThatItIsSockJs_J1() throws Exception {
        assertThat(get("").body()).isEqualTo("Welcome to SockJS!\n");
        assertThat(get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void infoIsNeverCachedAndHasEntropy_J2() throws Exception {
        HttpResponse<String> first = get("/info");
        HttpResponse<String> second = get("/info");

        assertThat(first.headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/json");
        assertThat(first.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
        assertThat(first.body()).contains("\"websocket\":true", "\"origins\":[\"*:*\"]", "entropy");
        assertThat(first.body()).isNotEqualTo(second.body());
    }

    @Test
    void theIframePageMayBeCachedByItsETag_J3() throws Exception {
        HttpResponse<String> page = get("/iframe.html");
        String tag = page.headers().firstValue("ETag").orElseThrow();

        assertThat(page.body()).contains("SockJS.bootstrap_iframe");
        assertThat(
                        HTTP.send(
                                        request("/iframe-1.html")
                                                .header("If-None-Match", tag)
                                                .build(),
                                        BodyHandlers.ofString())
                                .statusCode())
                .isEqualTo(304);
    }

    @Test
    void whatIsNoAddressOfSockJsIsNotFound_J4() throws Exception {
        for (String path :
                new String[] {"/a", "/a/a", "/a/a/a/a", "/a.b/c/xhr", "/a/b.c/xhr", "//x/xhr"}) {
            assertThat(get(path).statusCode()).as(path).isIn(404, 405);
        }
        assertThat(post("/xhr_send", "[\"x\"]").statusCode()).isEqualTo(404);
    }

    @Test
    void pollingOpensCarriesBeatsAndCloses_J5_J6_J12_J13() throws Exception {
        assertThat(poll()).isEqualTo("o\n");
        assertThat(post("/xhr_send", CONNECT).statusCode()).isEqualTo(204);
        assertThat(poll()).matches("(?s)a\\[\"CONNECTED.*\"\\]\n");

        assertThat(poll()).isEqualTo("h\n");

        post("/xhr_send", "[\"DISCONNECT\\nreceipt:bye\\n\\n\\u0000\"]");
        String last = poll();
        while (!last.startsWith("c")) {
            assertThat(last).matches("(?s)h\n|a\\[\"RECEIPT.*");
            last = poll();
        }
        assertThat(last).matches("c\\[\\d+,\".*\"\\]\n");
        assertThat(poll()).isEqualTo(last);
    }

    @Test
    void streamingBeginsWithAPreludeAndEndsAtItsLimit_J7() throws Exception {
        var stream =
                HTTP.sendAsync(
                        request(session + "/xhr_streaming").POST(BodyPublishers.noBody()).build(),
                        BodyHandlers.ofString());
        while (post("/xhr_send", CONNECT).statusCode() == 404) {
            assertThat(stream).isNotDone();
        }
        post(
                "/xhr_send",
                "[\"SUBSCRIBE\\nid:0\\ndestination:/topic/streamed\\n\\n\\u0000\","
                        + "\"SEND\\ndestination:/topic/streamed\\n\\n"
                        + "x".repeat(5_000)
                        + "\\u0000\"]");

        String streamed = stream.get().body();

        assertThat(streamed).startsWith("h".repeat(2_048) + "\no\na[");
        assertThat(streamed).contains("x".repeat(5_000));
    }

    @Test
    void aCallbackIsNeededAndMustBeAName_J7() throws Exception {
        assertThat(get(session + "/htmlfile").statusCode()).isEqualTo(500);
        assertThat(get(session + "/htmlfile").body()).contains("\"callback\" parameter required");
        assertThat(get(session + "/jsonp").statusCode()).isEqualTo(500);
        assertThat(get(session + "/jsonp?c=alert(1)").statusCode()).isEqualTo(500);
    }

    @Test
    void aPostWithoutContentIsRefused_J10() throws Exception {
        poll();

        assertThat(post("/xhr_send", "").statusCode()).isEqualTo(500);
        assertThat(post("/xhr_send", "[\"x").statusCode()).isEqualTo(500);
    }

    @Test
    void itIsSpokenOverHttp2Too_J6() throws Exception {
        try (HttpClient http2 = HttpClient.newHttpClient()) {
            HttpRequest poll = request(session + "/xhr").POST(BodyPublishers.noBody()).build();
            http2.send(request("/info").build(), BodyHandlers.ofString()); // changes to HTTP/2

            HttpResponse<String> opened = http2.send(poll, BodyHandlers.ofString());

            assertThat(opened.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(opened.body()).isEqualTo("o\n");
        }
    }

    private String poll() throws IOException, InterruptedException {
        return post("/xhr", "").body();
    }

    private HttpResponse<String> post(String path, String body)
            throws IOException, InterruptedException {
        return HTTP.send(
                request(session + path).POST(BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    }
}
