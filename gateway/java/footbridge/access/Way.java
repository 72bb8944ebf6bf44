package footbridge.access;

import java.util.Locale;
import java.util.Optional;

/// The ways in which a client can be known.
public enum Way {
    /// Not at all.
    ANONYMOUS,
    /// By `login` and `passcode`.
    PASSCODE,
    /// By a bearer token.
    TOKEN,
    /// By the certificate of its TLS handshake.
    CERTIFICATE;

    public static Way of(Optional<Credentials> credentials) {
        return switch (credentials.orElse(null)) {
            case Credentials.Passcode _ -> PASSCODE;
            case Credentials.Token _ -> TOKEN;
            case Credentials.Certificate _ -> CERTIFICATE;
            case null -> ANONYMOUS;
        };
    }

    /// As in settings and in the audit log.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
