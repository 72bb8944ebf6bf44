package footbridge.app;

import footbridge.access.Audit;
import footbridge.access.AuditEntry;
import footbridge.access.Way;
import footbridge.app.settings.Bounds;
import footbridge.app.settings.FootbridgeSettings;
import footbridge.session.ErrorCode;
import footbridge.transport.Arrivals;
import io.quarkus.security.spi.runtime.AuthenticationFailureEvent;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Writes down whom Quarkus refuses with 401 before there is a connection, because of a bad token
/// in the header of the request.
@Singleton
public class RefusedRequests {

    private static final String NO_CONNECTION = "-";

    private final Audit audit;
    private final Arrivals arrivals;

    RefusedRequests(FootbridgeSettings settings) {
        audit = new AuditLog(settings.audit());
        arrivals = Bounds.arrivals(settings);
    }

    void refused(@Observes AuthenticationFailureEvent event) {
        if (audit.on()
                && event.getEventProperties().get(RoutingContext.class.getName())
                        instanceof RoutingContext context) {
            write(context.request());
        }
    }

    private void write(HttpServerRequest request) {
        SequencedMap<String, String> details = new LinkedHashMap<>();
        details.put("listener", "http");
        details.put("address", arrivals.address(request));
        details.put("by", Way.TOKEN.word());
        details.put("code", ErrorCode.LOGIN_REFUSED.code());
        details.put("path", request.path());
        audit.write(new AuditEntry("connect", false, NO_CONNECTION, "", details));
    }
}
