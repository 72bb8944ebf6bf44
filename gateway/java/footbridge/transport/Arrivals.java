package footbridge.transport;

import footbridge.connection.Arrival;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// What sockets and requests tell of the clients behind them.
///
/// @param proxies those whose word on where a client comes from is taken
/// @param tokens where an upgrade may carry a token
public record Arrivals(TrustedProxies proxies, UpgradeTokens tokens) {

    public Arrival of(NetSocket socket) {
        String peer = address(socket.remoteAddress());
        Optional<String> client = proxies.client(peer);
        return new Arrival(
                socket.isSsl() ? "tls" : "tcp",
                client.orElse(peer),
                client.isEmpty(),
                certificate(socket.sslSession()),
                Optional.empty());
    }

    /// @param listener `websocket` or `sockjs`
    public Arrival of(HttpServerRequest request, String listener) {
        String peer = address(request.remoteAddress());
        Optional<String> client = proxies.client(peer, request.headers());
        return new Arrival(
                listener,
                client.orElse(peer),
                client.isEmpty(),
                certificate(request.sslSession()),
                tokens.in(request));
    }

    /// Where the client of a request comes from, as far as is known.
    public String address(HttpServerRequest request) {
        String peer = address(request.remoteAddress());
        return proxies.client(peer, request.headers()).orElse(peer);
    }

    private static String address(@Nullable SocketAddress remote) {
        String address = remote == null ? null : remote.hostAddress();
        return address == null ? "unknown" : address;
    }

    private static Optional<X509Certificate> certificate(@Nullable SSLSession session) {
        try {
            return session != null
                            && session.getPeerCertificates()[0] instanceof X509Certificate first
                    ? Optional.of(first)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException nobodyAskedForOne) {
            return Optional.empty();
        }
    }
}
