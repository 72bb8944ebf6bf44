package footbridge.app;

import footbridge.app.settings.FootbridgeSettings;
import footbridge.app.settings.InvalidSettings;
import footbridge.transport.TcpTransport;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SSLOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// STOMP over TCP with TLS, where Quarkus' TLS registry has a certificate for it. A certificate
/// that the registry has reloaded is used for whoever connects from then on.
@Singleton
public class TlsPort {

    private static final Logger LOG = System.getLogger(TlsPort.class.getName());

    private final FootbridgeSettings.Tls settings;
    private final ClientAuth clientCertificates;
    private final TlsConfigurationRegistry registry;
    private final TcpTransport tcp;

    /// What is served with.
    private volatile @Nullable TlsMaterial material;

    TlsPort(
            FootbridgeSettings settings,
            TlsConfigurationRegistry registry,
            Gateway gateway,
            Vertx vertx) {
        this.settings = settings.tls();
        this.clientCertificates = settings.login().clientCertificates();
        this.registry = registry;
        this.tcp = gateway.tcpTransport(vertx);
    }

    void start(@Observes StartupEvent event) {
        configuration().ifPresent(this::listen);
    }

    private Optional<TlsConfiguration> configuration() {
        if (settings.configuration().isEmpty()) {
            return registry.getDefault().filter(tls -> tls.getKeyStoreOptions() != null);
        }
        String name = settings.configuration().get();
        return Optional.of(
                registry.get(name)
                        .orElseThrow(() ->
                                InvalidSettings.because(
                                        "footbridge.tls.configuration: there are no settings quarkus.tls.%s.*"
                                                .formatted(name))));
    }

    private void listen(TlsConfiguration tls) {
        material = TlsMaterial.of(tls);
        try {
            tcp.listen(options(tls));
        } catch (TcpTransport.CannotListen fault) {
            throw InvalidSettings.because(
                    "footbridge.tls: cannot listen on %s:%d (%s)"
                            .formatted(settings.host(), settings.port(), fault.getMessage()));
        }
    }

    private NetServerOptions options(TlsConfiguration tls) {
        SSLOptions all = tls.getSSLOptions();
        var options = new NetServerOptions();
        options.setHost(settings.host())
                .setPort(settings.port())
                .setSsl(true)
                .setSni(tls.usesSni())
                .setClientAuth(clientCertificates)
                .setKeyCertOptions(tls.getKeyStoreOptions())
                .setTrustOptions(tls.getTrustStoreOptions())
                .setSslHandshakeTimeout(all.getSslHandshakeTimeout())
                .setSslHandshakeTimeoutUnit(all.getSslHandshakeTimeoutUnit())
                .setEnabledSecureTransportProtocols(all.getEnabledSecureTransportProtocols());
        all.getEnabledCipherSuites().forEach(options::addEnabledCipherSuite);
        all.getCrlValues().forEach(options::addCrlValue);
        return options;
    }

    void renew(@Observes CertificateUpdatedEvent updated) {
        if (!configuration().equals(Optional.of(updated.tlsConfiguration()))) {
            return;
        }
        TlsMaterial now = TlsMaterial.of(updated.tlsConfiguration());
        if (now.equals(material)) {
            // Quarkus reads the files again and again; whoever connects just then would be dropped.
            return;
        }
        material = now;
        tcp.renew(options(updated.tlsConfiguration()).getSslOptions())
                .onSuccess(_ -> LOG.log(Level.INFO, "certificates renewed tls={0}", updated.name()))
                .onFailure(fault ->
                        LOG.log(
                                Level.ERROR,
                                "certificates not renewed, the old ones stay tls=" + updated.name(),
                                fault));
    }

    void stop(@Observes ShutdownEvent event) {
        tcp.close();
    }
}
