package footbridge.app;

import footbridge.app.console.Console;
import footbridge.app.console.Operators;
import footbridge.app.explain.ExplanationJson;
import footbridge.app.explain.Misuse;
import footbridge.app.explain.Question;
import footbridge.app.login.Doorkeeper;
import footbridge.app.settings.FootbridgeSettings;
import footbridge.mapping.Explanation;
import footbridge.transport.RequestDeadlines;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Answers operators at the management port, and only where `footbridge.admin` or
/// `footbridge.console.role` asks for it: what it tells is not for clients.
@Singleton
public class AdminPort {

    private final FootbridgeSettings settings;
    private final Gateway gateway;
    private final Doorkeeper doorkeeper;

    AdminPort(FootbridgeSettings settings, Gateway gateway, Doorkeeper doorkeeper) {
        this.settings = settings;
        this.gateway = gateway;
        this.doorkeeper = doorkeeper;
    }

    void mount(@Observes ManagementInterface management) {
        RequestDeadlines.mount(management.router());
        if (settings.admin()) {
            management.router().get("/admin/explain").blockingHandler(this::explain, false);
        }
        settings.console().role().ifPresent(role -> console(role).mount(management.router()));
    }

    private Console console(String role) {
        return new Console(
                new Operators(doorkeeper, role),
                gateway.connections(),
                gateway.metrics(),
                gateway.backends(),
                this::rules,
                this::explain);
    }

    private JsonObject rules() {
        LiveRules.State state = gateway.rules().state();
        JsonArray faults = new JsonArray();
        state.refused()
                .ifPresent(why -> why.faults().forEach(fault -> faults.add(fault.toString())));
        return new JsonObject()
                .put("since", state.since().toString())
                .put("refused", faults)
                .put("rules", RuleList.of(state.rules()));
    }

    private void explain(RoutingContext context) {
        MultiMap parameters = context.queryParams();
        try {
            Explanation.Request request =
                    Question.of(
                            required(parameters, "operation"),
                            required(parameters, "destination"),
                            Optional.ofNullable(parameters.get("user")),
                            Optional.ofNullable(parameters.get("roles")),
                            parameters.getAll("claim"));
            Explanation explanation =
                    gateway.mappings()
                            .explain(request.operation(), request.destination(), request.client());
            answer(context, 200, ExplanationJson.of(explanation));
        } catch (Misuse misuse) {
            answer(context, 400, new JsonObject().put("error", misuse.getMessage()));
        }
    }

    private static String required(MultiMap parameters, String name) throws Misuse {
        return Optional.ofNullable(parameters.get(name))
                .orElseThrow(() -> new Misuse("the parameter '%s' is missing".formatted(name)));
    }

    private static void answer(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body.encodePrettily());
    }
}
