package footbridge.app;

import footbridge.app.login.Doorkeeper;
import footbridge.app.settings.Backends;
import footbridge.app.settings.Bounds;
import footbridge.app.settings.FootbridgeSettings;
import footbridge.app.settings.InvalidSettings;
import footbridge.backend.Backend;
import footbridge.connection.ConnectionSettings;
import footbridge.connection.Connections;
import footbridge.connection.Departure;
import footbridge.connection.report.Tracing;
import footbridge.mapping.Mappings;
import footbridge.session.Sessions;
import footbridge.telemetry.BackendMetrics;
import footbridge.telemetry.ConnectionMetrics;
import footbridge.transport.Arrivals;
import footbridge.transport.OriginPolicy;
import footbridge.transport.RequestDeadlines;
import footbridge.transport.TcpTransport;
import footbridge.transport.WebSocketTransport;
import footbridge.transport.sockjs.SockJsEcho;
import footbridge.transport.sockjs.SockJsSettings;
import footbridge.transport.sockjs.SockJsTransport;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The gateway as a whole: loads the rules, opens the backends, takes clients, and in the end lets
/// go of all of it in order.
@Singleton
public class Gateway {

    private static final Logger LOG = System.getLogger(Gateway.class.getName());

    private final FootbridgeSettings settings;
    private final Doorkeeper doorkeeper;
    private final Vertx vertx;
    private final Map<String, Backend> backends;
    private final LiveRules rules;
    private final ConnectionMetrics metrics;
    private final Connections connections;
    private final RuleMetrics changes;
    private final Arrivals arrivals;
    private final TcpTransport tcp;
    private final Departure departure;
    private final Duration notice;
    private volatile boolean leaving;

    Gateway(
            FootbridgeSettings settings,
            Doorkeeper doorkeeper,
            Vertx vertx,
            MeterRegistry registry,
            Tracing tracing,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.settings = settings;
        this.doorkeeper = doorkeeper;
        this.vertx = vertx;
        this.rules = RuleFiles.load(settings);
        this.departure = Bounds.departure(settings.shutdown());
        this.notice = Bounds.notice(settings.shutdown());
        // What can be wrong with the settings shows before any broker is called.
        ConnectionSettings bounds = Bounds.connection(settings.limits());
        var sessions =
                new Sessions(
                        Bounds.session(settings, version),
                        rules::current,
                        doorkeeper,
                        new AuditLog(settings.audit()));
        this.backends = Backends.open(settings);
        this.backends.values().forEach(backend -> BackendMetrics.register(registry, backend));
        this.metrics = new ConnectionMetrics(registry);
        this.connections =
                new Connections(
                        bounds,
                        Bounds.admission(settings.limits()),
                        sessions,
                        backends,
                        metrics,
                        tracing);
        metrics.watch(connections::views);
        this.changes =
                new RuleMetrics(rules, connections, metrics, registry, settings.reloadSpread());
        this.arrivals = Bounds.arrivals(settings);
        this.tcp = tcpTransport(vertx);
    }

    /// Quarkus opens the HTTP port later, when the whole application is ready.
    void mount(@Observes Router router) {
        RequestDeadlines.mount(router);
        var origins = new OriginPolicy(settings.origins().orElse(Set.of()));
        SockJsSettings sockJs = Bounds.sockJs(settings);
        var webSocket = new WebSocketTransport(connections, origins, arrivals, sockJs.firstPost());
        settings.websocket().paths().forEach(path -> webSocket.mount(router, path));
        if (settings.sockjs().enabled()) {
            for (String path : settings.sockjs().paths()) {
                webSocket.mount(router, path + "/websocket");
                new SockJsTransport(vertx, connections, origins, arrivals, sockJs)
                        .mount(router, path);
            }
        }
        if (settings.sockjs().echo()) {
            new SockJsEcho(vertx, sockJs).mount(router);
        }
        if (settings.page()) {
            DemoPage.mount(router, rules::current);
            PageExplain.mount(router, rules::current, doorkeeper);
        }
    }

    void start(@Observes StartupEvent event) {
        if (settings.tcp().enabled()) {
            listen(settings.tcp());
        }
        LOG.log(
                Level.INFO,
                "rules loaded folder={0} rules={1}",
                settings.mappings(),
                rules.current().rules().size());
        rules.watch(settings.reloadInterval(), changes);
    }

    private void listen(FootbridgeSettings.Tcp address) {
        try {
            tcp.listen(new NetServerOptions().setHost(address.host()).setPort(address.port()));
        } catch (TcpTransport.CannotListen fault) {
            throw InvalidSettings.because(
                    "footbridge.tcp.port: cannot listen on %s:%d (%s); choose another port or set footbridge.tcp.enabled=false"
                            .formatted(address.host(), address.port(), fault.getMessage()));
        }
    }

    /// Comes before Quarkus closes the HTTP port, and with it every WebSocket without a word.
    void sayGoodbye(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
        leaving = true;
        LOG.log(Level.INFO, "going away clients={0}", connections.size());
        Thread.sleep(notice);
        rules.close();
        connections.leave(departure);
    }

    /// Whether it goes away, and load balancers should send clients elsewhere.
    boolean leaving() {
        return leaving;
    }

    void stop(@Observes ShutdownEvent event) {
        tcp.close();
        backends.values().forEach(Backend::close);
    }

    /// STOMP over TCP, on one more address.
    final TcpTransport tcpTransport(Vertx loops) {
        return new TcpTransport(loops, connections, arrivals);
    }

    /// The rules in force.
    Mappings mappings() {
        return rules.current();
    }

    /// The rules in force, and how they came to be.
    LiveRules rules() {
        return rules;
    }

    Connections connections() {
        return connections;
    }

    ConnectionMetrics metrics() {
        return metrics;
    }

    /// The brokers, for those who watch them.
    Map<String, Backend> backends() {
        return backends;
    }
}
