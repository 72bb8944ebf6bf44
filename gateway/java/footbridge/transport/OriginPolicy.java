package footbridge.transport;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which pages may connect (STOMP-RULES W11): those that the gateway's own host served, and the
/// origins that the operator names. A client that is no browser sends no origin and is let in.
///
/// @param allowed origins such as `https://shop.example.com`; `*` for all
public record OriginPolicy(Set<String> allowed) {

    public OriginPolicy {
        allowed = Set.copyOf(allowed);
    }

    public boolean admits(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        return origin == null
                || allowed.contains("*")
                || allowed.contains(origin)
                || sameHost(origin, request.getHeader("Host"));
    }

    /// Who may show the gateway's pages in a frame, as a Content-Security-Policy says it.
    public String ancestors() {
        return allowed.contains("*") ? "*" : "'self' " + String.join(" ", allowed);
    }

    private static boolean sameHost(String origin, @Nullable String host) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
