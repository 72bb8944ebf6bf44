package footbridge.connection;

import footbridge.session.Caller;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// How a client came in, and what it brought before its first frame that could say who it is.
///
/// @param listener `websocket`, `sockjs`, `tcp` or `tls`
/// @param address where it comes from, without a port
/// @param shared whether that is the address of a proxy, which does not tell its clients apart
/// @param certificate which its TLS handshake proved to be its own
/// @param token a bearer token of its HTTP request, as yet unverified
public record Arrival(
        String listener,
        String address,
        boolean shared,
        Optional<X509Certificate> certificate,
        Optional<String> token) {

    Caller caller() {
        return new Caller(listener, address, certificate, token);
    }

    /// Shows no token.
    @Override
    public String toString() {
        return "Arrival[listener=%s, address=%s]".formatted(listener, address);
    }
}
