package footbridge.session;

import footbridge.access.Credentials;
import footbridge.stomp.Headers;
import java.util.Optional;
import java.util.Set;

/// The header `authorization: Bearer TOKEN` (as in RFC 6750): in CONNECT it says who the client is,
/// on any later frame it renews that. It never travels to a broker.
public final class Authorization {

    /// As STOMP's clients write it, and as HTTP's do.
    static final Set<String> NAMES = Set.of("authorization", "Authorization");

    private static final String SCHEME = "Bearer ";

    private Authorization() {}

    /// The header's value.
    public static Optional<String> in(Headers headers) {
        Optional<String> value = headers.first("authorization");
        return value.isPresent() ? value : headers.first("Authorization");
    }

    /// @param code of the refusal
    /// @throws Refusal if it is no bearer token
    static Credentials.Token token(String value, ErrorCode code) throws Refusal {
        if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            throw new Refusal(
                    code, "The header authorization must hold the word Bearer and a token.");
        }
        String token = value.substring(SCHEME.length()).strip();
        if (token.isEmpty()) {
            throw new Refusal(code, "The header authorization holds no token.");
        }
        return new Credentials.Token(token);
    }
}
