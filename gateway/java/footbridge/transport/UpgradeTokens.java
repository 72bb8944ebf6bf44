package footbridge.transport;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.stream.Stream;

/// Where in its HTTP request a client may bring a bearer token. Browsers cannot set the header of a
/// WebSocket's request; the other places are for them, and off by default because they are more
/// likely to end up in somebody's log.
///
/// @param subProtocol whether in the sub-protocol `bearer.TOKEN`, offered beside STOMP's
/// @param query whether in the query parameter `access_token` (RFC 6750, 2.3)
public record UpgradeTokens(boolean subProtocol, boolean query) {

    private static final String SCHEME = "Bearer ";
    private static final String OFFERED = "bearer.";
    private static final String PARAMETER = "access_token";

    Optional<String> in(HttpServerRequest request) {
        return header(request)
                .or(() -> subProtocol ? offered(request) : Optional.empty())
                .or(() -> query ? parameter(request) : Optional.empty());
    }

    private static Optional<String> header(HttpServerRequest request) {
        return Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip());
    }

    private static Optional<String> offered(HttpServerRequest request) {
        return request.headers().getAll(WebSocketTransport.SUB_PROTOCOL).stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(String::strip)
                .filter(name -> name.startsWith(OFFERED))
                .map(name -> name.substring(OFFERED.length()))
                .findFirst();
    }

    private static Optional<String> parameter(HttpServerRequest request) {
        return Optional.ofNullable(request.getParam(PARAMETER)).filter(value -> !value.isEmpty());
    }
}
