package footbridge.app.console;

import footbridge.backend.Backend;
import footbridge.connection.Connections;
import footbridge.telemetry.ConnectionMetrics;
import io.vertx.core.Handler;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/// The console at `/console/`, and the JSON beneath it at `/admin/`. Only operators reach it.
///
/// @param rules the rules in force, for programs
/// @param explain answers why a destination leads where it does
public record Console(
        Operators operators,
        Connections connections,
        ConnectionMetrics metrics,
        Map<String, Backend> backends,
        Supplier<JsonObject> rules,
        Handler<RoutingContext> explain) {

    private static final Logger LOG = System.getLogger(Console.class.getName());

    /// What the page sends with everything that changes something: pages of other origins, which a
    /// browser may give the operator's login to, cannot.
    private static final String INTENT = "X-Footbridge-Console";

    private static final PageFiles FILES =
            new PageFiles(
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

    private static final List<String> OWN =
            List.of("index.html", "console.css", "console.js", "plots.js", "tables.js");

    private static final List<String> OF_THE_PAGE = List.of("page.css", "icon.svg");

    public void mount(Router router) {
        router.route("/console*").blockingHandler(operators::check, false);
        router.route("/admin/*").blockingHandler(operators::check, false);
        FILES.serve(router, "/console", "/console/index.html");
        OWN.forEach(file -> FILES.serve(router, "/console/" + file, "/console/" + file));
        OF_THE_PAGE.forEach(file -> FILES.serve(router, "/console/" + file, "/page/" + file));
        router.get("/admin/explain").blockingHandler(explain, false);
        router.get("/admin/connections").blockingHandler(this::connections, false);
        router.post("/admin/connections/:id/disconnect").handler(this::disconnect);
        router.get("/admin/rules").handler(context -> Answers.json(context, 200, rules.get()));
        router.get("/admin/backends").handler(this::backends);
        router.get("/admin/refusals").handler(this::refusals);
        router.get("/admin/traffic").handler(this::traffic);
    }

    private void connections(RoutingContext context) {
        String search = Optional.ofNullable(context.queryParams().get("search")).orElse("");
        Answers.json(context, 200, ConnectionList.of(connections.views(), search));
    }

    private void disconnect(RoutingContext context) {
        String id = Objects.requireNonNull(context.pathParam("id"));
        String operator = context.get(Operators.OPERATOR);
        if (context.request().getHeader(INTENT) == null) {
            Answers.json(
                    context,
                    403,
                    new JsonObject().put("error", "the header " + INTENT + " is missing"));
        } else if (connections.dismiss(id)) {
            LOG.log(
                    Level.INFO,
                    "disconnected connection=" + id + " operator=" + Json.encode(operator));
            Answers.json(context, 202, new JsonObject().put("id", id));
        } else {
            Answers.json(
                    context, 404, new JsonObject().put("error", "there is no such connection"));
        }
    }

    private void backends(RoutingContext context) {
        JsonArray all = new JsonArray();
        backends.values()
                .forEach(backend ->
                        all.add(
                                new JsonObject()
                                        .put("name", backend.name())
                                        .put("kind", backend.kind().name())
                                        .put("up", backend.availability().up())
                                        .put("reason", backend.availability().reason())));
        Answers.json(context, 200, new JsonObject().put("backends", all));
    }

    private void refusals(RoutingContext context) {
        JsonArray all = new JsonArray();
        metrics.refusals()
                .latestFirst()
                .forEach(refused ->
                        all.add(
                                new JsonObject()
                                        .put("at", refused.at().toString())
                                        .put("connection", refused.connection())
                                        .put("user", refused.user())
                                        .put("address", refused.address())
                                        .put("code", refused.code())
                                        .put("text", refused.text())
                                        .put("rule", refused.rule().orElse(""))));
        Answers.json(context, 200, new JsonObject().put("refusals", all));
    }

    private void traffic(RoutingContext context) {
        JsonArray rules = new JsonArray();
        metrics.traffic()
                .forEach(rule ->
                        rules.add(
                                new JsonObject()
                                        .put("rule", rule.rule())
                                        .put("received", rule.received())
                                        .put("confirmed", rule.confirmed())
                                        .put("delivered", rule.delivered())));
        Answers.json(
                context,
                200,
                new JsonObject()
                        .put("at", System.currentTimeMillis())
                        .put("connections", connections.size())
                        .put("refused", metrics.refusals().total())
                        .put("rules", rules));
    }
}
