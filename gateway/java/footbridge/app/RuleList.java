package footbridge.app;

import footbridge.mapping.Mappings;
import footbridge.mapping.Operation;
import footbridge.mapping.Rule;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/// The rules in force as JSON: where they lead and what they offer, not whom they admit.
final class RuleList {

    private RuleList() {}

    static JsonArray of(Mappings mappings) {
        JsonArray rules = new JsonArray();
        mappings.rules().forEach(rule -> rules.add(describe(rule)));
        return rules;
    }

    private static JsonObject describe(Rule rule) {
        return new JsonObject()
                .put("destination", rule.destination())
                .put("target", rule.to().toString())
                .put("rule", rule.origin())
                .put("send", rule.offers(Operation.SEND))
                .put("subscribe", rule.offers(Operation.SUBSCRIBE));
    }
}
