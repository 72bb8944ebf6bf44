package footbridge.app.console;

import footbridge.connection.report.ConnectionView;
import footbridge.connection.report.SubscriptionView;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The connections that an operator looks for, as JSON: at most [#MOST], and how many there are.
final class ConnectionList {

    private static final int MOST = 200;

    private ConnectionList() {}

    /// @param search part of a connection's id, user, address or listener, or of a destination or
    ///   rule of its subscriptions; nothing for all
    static JsonObject of(Stream<ConnectionView> all, String search) {
        String wanted = search.toLowerCase(Locale.ROOT).strip();
        List<ConnectionView> found =
                all.filter(view -> matches(view, wanted))
                        .sorted(Comparator.comparing(ConnectionView::since))
                        .toList();
        JsonArray shown = new JsonArray();
        found.stream().limit(MOST).forEach(view -> shown.add(json(view)));
        return new JsonObject().put("found", found.size()).put("connections", shown);
    }

    private static boolean matches(ConnectionView view, String wanted) {
        return wanted.isEmpty()
                || contains(wanted, view.id(), view.user(), view.address(), view.listener())
                || view.subscriptions().stream()
                        .anyMatch(one -> contains(wanted, one.destination(), one.rule()));
    }

    private static boolean contains(String wanted, String... texts) {
        return Stream.of(texts).anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private static JsonObject json(ConnectionView view) {
        JsonArray subscriptions = new JsonArray();
        view.subscriptions().forEach(one -> subscriptions.add(json(one)));
        return new JsonObject()
                .put("id", view.id())
                .put("user", view.user())
                .put("listener", view.listener())
                .put("address", view.address())
                .put("since", view.since().toString())
                .put("sent", view.sent())
                .put("unwritten", view.unwritten())
                .put("subscriptions", subscriptions);
    }

    private static JsonObject json(SubscriptionView one) {
        return new JsonObject()
                .put("id", one.id())
                .put("destination", one.destination())
                .put("rule", one.rule())
                .put("settledBy", one.settledBy())
                .put("delivered", one.delivered())
                .put("held", one.held())
                .put("waiting", one.waiting());
    }
}
