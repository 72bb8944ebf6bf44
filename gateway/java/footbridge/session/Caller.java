package footbridge.session;

import footbridge.access.Attempt;
import footbridge.access.Credentials;
import footbridge.stomp.ClientFrame;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// How a client came in, and what it brought with it before its first frame.
///
/// @param listener `websocket`, `sockjs`, `tcp` or `tls`
/// @param address where it comes from, without a port
/// @param certificate which its TLS handshake proved to be its own
/// @param token a bearer token of its HTTP request, as yet unverified
public record Caller(
        String listener,
        String address,
        Optional<X509Certificate> certificate,
        Optional<String> token) {

    /// What counts of all that the client brought: the nearest to the session, since whoever puts
    /// something into CONNECT means it.
    ///
    /// @throws Refusal if CONNECT's `authorization` holds no token
    Attempt attempt(ClientFrame.Connect connect) throws Refusal {
        Optional<String> authorization = Authorization.in(connect.headers());
        if (authorization.isPresent()) {
            return attempt(
                    Optional.of(Authorization.token(authorization.get(), ErrorCode.LOGIN_REFUSED)));
        }
        return attempt(presented(connect).or(this::brought));
    }

    Attempt attempt(Optional<Credentials> credentials) {
        return new Attempt(listener, address, credentials);
    }

    /// A passcode without a login is a token: many clients can send nothing else.
    private static Optional<Credentials> presented(ClientFrame.Connect connect) {
        Optional<String> login = connect.login().filter(value -> !value.isEmpty());
        if (login.isPresent()) {
            return login.map(name -> new Credentials.Passcode(name, connect.passcode().orElse("")));
        }
        return connect.passcode().filter(value -> !value.isEmpty()).map(Credentials.Token::new);
    }

    private Optional<Credentials> brought() {
        return token.<Credentials>map(Credentials.Token::new)
                .or(() -> certificate.map(Credentials.Certificate::new));
    }
}
