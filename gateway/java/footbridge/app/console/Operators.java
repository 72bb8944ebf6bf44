package footbridge.app.console;

import footbridge.access.AccessDenied;
import footbridge.access.Attempt;
import footbridge.access.Authenticator;
import footbridge.access.Credentials;
import footbridge.access.Identity;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Lets in who has the operators' role: with a login and passcode (HTTP Basic) or a bearer token,
/// checked, and counted when they are wrong, as those of clients are. To be asked on a thread that
/// may wait.
///
/// @param role what an operator must have
public record Operators(Authenticator authenticator, String role) {

    /// The way in, for whoever checks credentials.
    public static final String LISTENER = "console";

    /// Under which a request carries the name of its operator.
    static final String OPERATOR = "operator";

    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer ";

    /// Goes on to the next handler, or answers why not.
    void check(RoutingContext context) {
        Optional<Credentials> credentials = credentials(context);
        if (credentials.isEmpty()) {
            challenge(context, "Operators log in.");
            return;
        }
        try {
            String address = context.request().remoteAddress().hostAddress();
            Identity who =
                    authenticator
                            .authenticate(new Attempt(LISTENER, address, credentials))
                            .identity();
            if (who.roles().contains(role)) {
                context.put(OPERATOR, who.name());
                context.next();
            } else {
                refuse(context, 403, "This is for operators with the role '%s'.".formatted(role));
            }
        } catch (AccessDenied denied) {
            switch (denied.kind()) {
                case REFUSED -> challenge(context, denied.getMessage());
                case THROTTLED -> refuse(context, 429, denied.getMessage());
                case UNAVAILABLE -> refuse(context, 503, denied.getMessage());
            }
        }
    }

    private static void challenge(RoutingContext context, String why) {
        context.response().putHeader("WWW-Authenticate", "Basic realm=\"footbridge\"");
        refuse(context, 401, why);
    }

    private static void refuse(RoutingContext context, int status, String why) {
        Answers.json(context, status, new JsonObject().put("error", why));
    }

    private static Optional<Credentials> credentials(RoutingContext context) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return Optional.empty();
        }
        return header.startsWith(BEARER)
                ? Optional.of(new Credentials.Token(header.substring(BEARER.length()).strip()))
                : basic(header);
    }

    private static Optional<Credentials> basic(String header) {
        if (!header.startsWith(BASIC)) {
            return Optional.empty();
        }
        try {
            byte[] octets = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
            String pair = new String(octets, StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(
                            new Credentials.Passcode(
                                    pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }
}
