package footbridge.app.console;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.MimeMapping;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Files of a page, read once and served from memory, with what keeps a browser from running
/// anything else there.
///
/// @param contentSecurityPolicy what the page may load and reach
public record PageFiles(String contentSecurityPolicy) {

    /// @param resource of this application, like `/page/page.css`
    public void serve(Router router, String path, String resource) {
        Buffer content = read(resource);
        String type = MimeMapping.getMimeTypeForFilename(resource) + "; charset=utf-8";
        router.get(path).handler(context -> answer(context.response(), content, type));
    }

    public void answer(HttpServerResponse response, Buffer content, String type) {
        response.putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader("Content-Security-Policy", contentSecurityPolicy)
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(content);
    }

    private static Buffer read(String resource) {
        try (InputStream content = PageFiles.class.getResourceAsStream(resource)) {
            if (content == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return Buffer.buffer(content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
