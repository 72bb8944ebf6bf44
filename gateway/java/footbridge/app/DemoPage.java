package footbridge.app;

import footbridge.mapping.Mappings;
import footbridge.mapping.Operation;
import footbridge.mapping.Rule;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.impl.MimeMapping;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

/// The page on which a newcomer tries the gateway. Served from memory, and only where
/// `footbridge.page` asks for it.
final class DemoPage {

    private static final List<String> FILES =
            List.of(
                    "index.html",
                    "page.css",
                    "icon.svg",
                    "page.js",
                    "explain.js",
                    "feed.js",
                    "gateway.js",
                    "messages.js",
                    "text.js",
                    "wire.js",
                    "stomp.umd.min.js");

    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; base-uri 'none'";

    private DemoPage() {}

    static void mount(Router router, Supplier<Mappings> rules) {
        FILES.forEach(file -> serve(router, "/page/" + file, read(file), type(file)));
        serve(router, "/", read("index.html"), type("index.html"));
        router.get("/page/demo.json")
                .handler(context ->
                        answer(context, demo(rules.get()).toBuffer(), "application/json"));
    }

    private static String type(String file) {
        return MimeMapping.getMimeTypeForFilename(file) + "; charset=utf-8";
    }

    private static void serve(Router router, String path, Buffer content, String type) {
        router.get(path).handler(context -> answer(context, content, type));
    }

    private static void answer(RoutingContext context, Buffer content, String type) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(content);
    }

    private static Buffer read(String file) {
        try (InputStream content = DemoPage.class.getResourceAsStream("/page/" + file)) {
            if (content == null) {
                throw new IllegalStateException("no resource page/" + file);
            }
            return Buffer.buffer(content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObject demo(Mappings mappings) {
        JsonArray destinations = new JsonArray();
        mappings.rules().forEach(rule -> destinations.add(describe(rule)));
        return new JsonObject().put("stomp", "/stomp").put("destinations", destinations);
    }

    private static JsonObject describe(Rule rule) {
        return new JsonObject()
                .put("destination", rule.destination())
                .put("target", rule.to().toString())
                .put("rule", rule.origin())
                .put("send", rule.offers(Operation.SEND))
                .put("subscribe", rule.offers(Operation.SUBSCRIBE));
    }
}
