package footbridge.app;

import footbridge.app.console.PageFiles;
import footbridge.mapping.Mappings;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
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
        var page = new PageFiles(CONTENT_SECURITY_POLICY);
        FILES.forEach(file -> page.serve(router, "/page/" + file, "/page/" + file));
        page.serve(router, "/", "/page/index.html");
        router.get("/page/demo.json")
                .handler(context ->
                        page.answer(
                                context.response(),
                                demo(rules.get()).toBuffer(),
                                "application/json"));
    }

    private static JsonObject demo(Mappings mappings) {
        return new JsonObject().put("stomp", "/stomp").put("destinations", RuleList.of(mappings));
    }
}
