package footbridge.access;

import java.security.cert.X509Certificate;

/// What a client brings to prove who it is. Never logged.
public sealed interface Credentials {

    /// The `login` and `passcode` headers of CONNECT.
    record Passcode(String login, String passcode) implements Credentials {

        @Override
        public String toString() {
            return "Passcode[login=" + login + ", passcode=***]";
        }
    }

    /// A bearer token, as yet unverified.
    record Token(String token) implements Credentials {

        @Override
        public String toString() {
            return "Token[***]";
        }
    }

    /// The certificate of a TLS client, which the listener has verified.
    record Certificate(X509Certificate certificate) implements Credentials {

        @Override
        public String toString() {
            return "Certificate[" + certificate.getSubjectX500Principal() + "]";
        }
    }
}
