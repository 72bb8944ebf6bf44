package footbridge.transport.sockjs;

import footbridge.transport.OriginPolicy;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/// What comes before Vert.x Web's handler: keeps pages of foreign origins out of SockJS (W11),
/// which answers every origin by itself: their requests, and their attempts to use the gateway's
/// own iframe in their place.
final class SockJsGuard {

    private static final Set<String> RECEIVING =
            Set.of("xhr", "xhr_streaming", "eventsource", "htmlfile", "jsonp");

    private final OriginPolicy origins;

    SockJsGuard(OriginPolicy origins) {
        this.origins = origins;
    }

    void check(RoutingContext context) {
        if (!origins.admits(context.request())) {
            context.response()
                    .setStatusCode(403)
                    .end("Pages of this origin may not connect; the operator can allow them.\n");
            return;
        }
        if (context.normalizedPath().endsWith(".html")) {
            context.response()
                    .putHeader("Content-Security-Policy", "frame-ancestors " + origins.ancestors());
        }
        announceClose(context);
    }

    /// Vert.x Web's handler closes the connection after each response that brings messages. A
    /// client that is not told would send its next request into the closing connection. HTTP/2 has
    /// no such header, and its clients take an answer that has one for broken.
    static void announceClose(RoutingContext context) {
        String path = context.normalizedPath();
        boolean http1 = context.request().version() != HttpVersion.HTTP_2;
        if (http1 && RECEIVING.contains(path.substring(path.lastIndexOf('/') + 1))) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        context.next();
    }
}
