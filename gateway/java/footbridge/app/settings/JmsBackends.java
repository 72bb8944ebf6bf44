package footbridge.app.settings;

import footbridge.backend.Backend;
import footbridge.jms.Accounts;
import footbridge.jms.ArtemisBackend;
import footbridge.jms.link.ArtemisSettings;
import footbridge.portable.PortableBackend;
import footbridge.portable.provider.InvalidProvider;
import footbridge.portable.provider.PortableSettings;
import footbridge.portable.provider.Provider;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Opens JMS brokers: Artemis, or any other.
final class JmsBackends {

    private JmsBackends() {}

    /// Refuses settings with which no broker can be opened; asks no broker.
    static void check(String name, FootbridgeSettings.Jms jms) {
        if (jms.credentials() == Accounts.CLIENT && jms.url().isEmpty()) {
            throw InvalidSettings.because(
                    "footbridge.jms.%s.credentials: 'client' is for Artemis (with a url) only; all clients of another broker share the gateway's account"
                            .formatted(name));
        }
        long places =
                Stream.of(jms.url(), jms.connectionFactory(), jms.jndiName())
                        .filter(Optional::isPresent)
                        .count();
        if (places != 1) {
            throw InvalidSettings.because(
                    "footbridge.jms.%s: needs one of url (Artemis), connection-factory and jndi-name (any other broker)"
                            .formatted(name));
        }
    }

    /// @param jms [checked][#check]
    /// @param largestBody octets that a body may have for a client
    static Backend open(String name, FootbridgeSettings.Jms jms, int largestBody) {
        return jms.url().isPresent()
                ? artemis(name, jms.url().get(), jms, largestBody)
                : portable(name, jms);
    }

    /// The names of those that are not Artemis.
    static Set<String> portable(FootbridgeSettings settings) {
        return settings.jms().entrySet().stream()
                .filter(each -> each.getValue().url().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Backend artemis(
            String name, String url, FootbridgeSettings.Jms jms, int largestBody) {
        return new ArtemisBackend(
                new ArtemisSettings(
                        name,
                        url,
                        jms.user(),
                        jms.password(),
                        jms.connections(),
                        jms.callTimeout(),
                        jms.reconnectDelay()),
                jms.credentials(),
                largestBody);
    }

    private static Backend portable(String name, FootbridgeSettings.Jms jms) {
        try {
            return new PortableBackend(
                    new PortableSettings(
                            name,
                            new Provider(jms.library(), factory(jms), jms.properties()),
                            jms.user(),
                            jms.password(),
                            jms.connections(),
                            jms.lanes(),
                            jms.reconnectDelay()));
        } catch (InvalidProvider fault) {
            throw InvalidSettings.because(
                    "footbridge.jms.%s.%s: %s".formatted(name, fault.key(), fault.getMessage()));
        }
    }

    private static Provider.Factory factory(FootbridgeSettings.Jms jms) {
        return jms.jndiName()
                .<Provider.Factory>map(Provider.Factory.InJndi::new)
                .orElseGet(
                        () -> new Provider.Factory.OfClass(jms.connectionFactory().orElseThrow()));
    }
}
