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
final class Arrivals {

    private Arrivals() {}

    static Arrival of(NetSocket socket) {
        return new Arrival(
                socket.isSsl() ? "tls" : "tcp",
                address(socket.remoteAddress()),
                certificate(socket.sslSession()),
                Optional.empty());
    }

    /// @param listener `websocket` or `sockjs`
    static Arrival of(HttpServerRequest request, String listener, UpgradeTokens tokens) {
        return new Arrival(
                listener,
                address(request.remoteAddress()),
                certificate(request.sslSession()),
                tokens.in(request));
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
