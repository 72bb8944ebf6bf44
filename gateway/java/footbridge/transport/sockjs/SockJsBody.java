package footbridge.transport.sockjs;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;

/// Reads the body of a SockJS client's POST, which Vert.x Web's handler wants read before. Vert.x
/// Web's own body handler would take JSONP's for a form, whose fields are short.
///
/// Confined to the request's event loop.
final class SockJsBody {

    private static final int TOO_LARGE = 413;

    private final RoutingContext post;
    private final int limit;
    private final Buffer octets = Buffer.buffer();
    private boolean refused;

    private SockJsBody(RoutingContext post, int limit) {
        this.post = post;
        this.limit = limit;
    }

    /// Goes on to the next handler with a body of at most `limit` octets, or refuses the request.
    static void read(RoutingContext post, int limit) {
        var body = new SockJsBody(post, limit);
        post.request().handler(body::take).endHandler(_ -> body.end()).resume();
    }

    private void take(Buffer chunk) {
        if (refused) {
            return;
        }
        if (octets.length() + chunk.length() > limit) {
            refused = true;
            refuse();
        } else {
            octets.appendBuffer(chunk);
        }
    }

    private void refuse() {
        HttpServerRequest request = post.request();
        post.response()
                .setStatusCode(TOO_LARGE)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end("More than the gateway takes at once.\n")
                .onComplete(_ -> request.connection().close());
    }

    private void end() {
        if (!refused) {
            var context = (RoutingContextInternal) post;
            context.visitHandler(RoutingContextInternal.BODY_HANDLER);
            context.setBody(octets);
            post.next();
        }
    }
}
