package footbridge.app;

import footbridge.access.AccessDenied;
import footbridge.access.Attempt;
import footbridge.access.Authenticator;
import footbridge.access.Credentials;
import footbridge.access.Identity;
import footbridge.app.explain.ExplanationJson;
import footbridge.app.explain.Misuse;
import footbridge.app.explain.Question;
import footbridge.mapping.Explanation;
import footbridge.mapping.Mappings;
import footbridge.mapping.Operation;
import footbridge.mapping.Route;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/// Tells a visitor of the page what the rules say of its own requests. It is who its login and
/// passcode say, checked as those of a CONNECT are, or nobody. It learns its own verdict and of the
/// rules what the page lists anyway; not whom else they admit, nor what they do to headers.
///
/// Login and passcode come percent-encoded in headers of this page's own, which pages of other
/// origins cannot send.
final class PageExplain {

    static final String PATH = "/page/explain";

    private static final int LONGEST_DESTINATION = 2_000;

    private final Supplier<Mappings> rules;
    private final Authenticator authenticator;

    private PageExplain(Supplier<Mappings> rules, Authenticator authenticator) {
        this.rules = rules;
        this.authenticator = authenticator;
    }

    /// To ask who the visitor is may take a while.
    static void mount(Router router, Supplier<Mappings> rules, Authenticator authenticator) {
        var page = new PageExplain(rules, authenticator);
        router.get(PATH).blockingHandler(page::explain, false);
    }

    private void explain(RoutingContext context) {
        try {
            String destination = parameter(context, "destination");
            if (destination.length() > LONGEST_DESTINATION) {
                throw new Misuse("the destination is too long");
            }
            Operation operation = Question.operation(parameter(context, "operation"));
            Identity visitor = authenticator.authenticate(attempt(context.request())).identity();
            answer(context, 200, told(rules.get().explain(operation, destination, visitor)));
        } catch (AccessDenied denied) {
            answer(context, 403, new JsonObject().put("error", denied.getMessage()));
        } catch (Misuse misuse) {
            answer(context, 400, new JsonObject().put("error", misuse.getMessage()));
        }
    }

    private static JsonObject told(Explanation explanation) {
        JsonObject json = ExplanationJson.of(explanation);
        json.remove("headers");
        json.remove("kafka");
        json.remove("message");
        if (explanation.route() instanceof Route.Denied) {
            json.put("reason", denied(explanation.request()));
        }
        return json;
    }

    private static String denied(Explanation.Request request) {
        return request.client().anonymous()
                ? "the rule does not let anonymous clients %s here".formatted(request.operation())
                : "the rule does not let this client %s here".formatted(request.operation());
    }

    private static String parameter(RoutingContext context, String name) throws Misuse {
        return Optional.ofNullable(context.queryParams().get(name))
                .orElseThrow(() -> new Misuse("the parameter '%s' is missing".formatted(name)));
    }

    /// As if it came to connect.
    private static Attempt attempt(HttpServerRequest request) throws Misuse {
        return new Attempt(
                "websocket", request.remoteAddress().hostAddress(), credentials(request));
    }

    private static Optional<Credentials> credentials(HttpServerRequest request) throws Misuse {
        Optional<String> login = header(request, "X-Login");
        Optional<String> passcode = header(request, "X-Passcode");
        return login.map(name -> new Credentials.Passcode(name, passcode.orElse("")));
    }

    private static Optional<String> header(HttpServerRequest request, String name) throws Misuse {
        try {
            return Optional.ofNullable(request.getHeader(name))
                    .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            throw new Misuse("the header %s is not percent-encoded".formatted(name));
        }
    }

    private static void answer(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(body.encode());
    }
}
