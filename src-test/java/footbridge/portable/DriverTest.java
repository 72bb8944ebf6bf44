package footbridge.portable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import footbridge.portable.provider.FactoryBean;
import footbridge.portable.provider.InvalidProvider;
import footbridge.portable.provider.Provider;
import footbridge.portable.provider.ProviderClasses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverTest extends ClassicTest {

    private static final String CLASSIC = ActiveMQConnectionFactory.class.getName();

    @Test
    void aFactoryIsFoundInJndi() throws Exception {
        try (PortableBackend found = inJndi("ConnectionFactory")) {
            await().atMost(PATIENCE).until(() -> found.availability().up());
            send(found.open(), queue(), "by name");
        }
        assertThat(broker.messages(queue)).isEqualTo(1);
    }

    @Test
    void aNameThatJndiDoesNotKnowIsAReasonForTheOperator() {
        try (PortableBackend missing = inJndi("Nothing")) {
            await().atMost(PATIENCE)
                    .until(() -> missing.availability().reason().contains("'Nothing'"));
            assertThat(missing.availability().up()).isFalse();
        }
    }

    private static PortableBackend inJndi(String name) {
        return new PortableBackend(
                settings(
                        new Provider.Factory.InJndi(name),
                        Map.of(
                                "java.naming.factory.initial",
                                "org.apache.activemq.jndi.ActiveMQInitialContextFactory",
                                "java.naming.provider.url",
                                broker.url(PULL))));
    }

    @Test
    void everyKindOfPropertyIsSetHoweverItIsSpelt() {
        var made =
                (ActiveMQConnectionFactory)
                        FactoryBean.make(
                                getClass().getClassLoader(),
                                CLASSIC,
                                Map.of(
                                        "BROKER_URL", "tcp://elsewhere:1",
                                        "sendtimeout", "7",
                                        "closeTimeout", "8",
                                        "always-sync-send", "true"));

        assertThat(made.getBrokerURL()).isEqualTo("tcp://elsewhere:1");
        assertThat(made.getSendTimeout()).isEqualTo(7);
        assertThat(made.getCloseTimeout()).isEqualTo(8);
        assertThat(made.isAlwaysSyncSend()).isTrue();
    }

    @Test
    void mistakesAreToldWithTheirKeys(@TempDir Path empty) throws Exception {
        assertThat(fault("com.example.Missing", Map.of()).key()).isEqualTo("connection-factory");
        assertThat(fault("java.lang.Object", Map.of()))
                .hasMessageContaining("no jakarta.jms.ConnectionFactory");
        assertThat(fault(CLASSIC, Map.of("colour", "red")).key()).isEqualTo("properties.colour");
        assertThat(fault(CLASSIC, Map.of("sendTimeout", "soon"))).hasMessageContaining("int");
        assertThat(fault(CLASSIC, Map.of("alwaysSyncSend", "yes"))).hasMessageContaining("boolean");
        assertThat(libraryFault(empty)).hasMessageContaining("no jars");
        assertThat(libraryFault(empty.resolve("missing"))).hasMessageContaining("no folder");
        Files.createFile(empty.resolve("a.jar"));
        assertThat(ProviderClasses.of(Optional.of(empty)).loadClass(CLASSIC)).isNotNull();
    }

    private static InvalidProvider fault(String className, Map<String, String> properties) {
        return catchThrowableOfType(
                InvalidProvider.class,
                () ->
                        new PortableBackend(
                                settings(new Provider.Factory.OfClass(className), properties)));
    }

    private static InvalidProvider libraryFault(Path folder) {
        return catchThrowableOfType(
                InvalidProvider.class, () -> ProviderClasses.of(Optional.of(folder)));
    }
}
