package footbridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendSession;
import footbridge.backend.KafkaReading;
import footbridge.backend.KafkaUse;
import footbridge.backend.KafkaUse.Sharing;
import footbridge.backend.KafkaUse.Sharing.ConsumerGroup;
import footbridge.backend.KafkaUse.Sharing.ShareGroup;
import footbridge.backend.StartAt;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.KafkaTopic;
import footbridge.kafka.client.KafkaSettings;
import footbridge.kafka.client.KafkaTimes;
import footbridge.testbed.KafkaBroker;
import footbridge.testbed.TokenIssuer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real broker that lets nobody in without a password, and every client of the gateway at it:
/// admin, producers, transactions, readers, groups.
class KafkaSecurityTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    private static final KafkaReading EARLIEST = KafkaReading.PLAIN.from(StartAt.EARLIEST);
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";

    private static final String OAUTH =
            "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";

    @TempDir static Path folder;

    private static TokenIssuer issuer;

    private static KafkaBroker broker;

    @BeforeAll
    static void start() throws Exception {
        issuer = TokenIssuer.start();
        System.setProperty(ALLOWED_URLS, issuer.url() + "/jwks," + issuer.url() + "/token");
        broker =
                KafkaBroker.onFreePorts(
                                folder.resolve("data"),
                                Map.of(
                                        "listener.security.protocol.map",
                                        "CLIENTS:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                                        "sasl.enabled.mechanisms",
                                        "PLAIN,SCRAM-SHA-256,OAUTHBEARER",
                                        "listener.name.clients.oauthbearer.sasl.jaas.config",
                                        OAUTH + " required;",
                                        "listener.name.clients.oauthbearer.sasl.server.callback.handler.class",
                                        "org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler",
                                        "sasl.oauthbearer.jwks.endpoint.url",
                                        issuer.url() + "/jwks",
                                        "sasl.oauthbearer.expected.issuer",
                                        issuer.url(),
                                        "sasl.oauthbearer.allow.unverified.audience",
                                        "true",
                                        "sasl.mechanism.inter.broker.protocol",
                                        "PLAIN",
                                        "listener.name.clients.plain.sasl.jaas.config",
                                        PLAIN
                                                + " required username=\"broker\" password=\"inside\""
                                                + " user_broker=\"inside\" user_ann=\"secret\";",
                                        "listener.name.clients.scram-sha-256.sasl.jaas.config",
                                        SCRAM + " required;"))
                        .start();
        try (Admin admin = Admin.create(all(login("PLAIN", PLAIN, "ann", "secret")))) {
            var info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 4096);
            admin.alterUserScramCredentials(
                            List.of(new UserScramCredentialUpsertion("bob", info, "hidden")))
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
        issuer.close();
        System.clearProperty(ALLOWED_URLS);
    }

    @Test
    void everythingWorksWithAPlainPassword() throws Exception {
        assertWorks("plain", login("PLAIN", PLAIN, "ann", "secret"));
    }

    @Test
    void everythingWorksWithScram() throws Exception {
        assertWorks("scram", login("SCRAM-SHA-256", SCRAM, "bob", "hidden"));
    }

    @Test
    void everythingWorksWithTokensThatTheClusterTrusts() throws Exception {
        assertWorks(
                "bearer",
                Map.of(
                        "security.protocol",
                        "SASL_PLAINTEXT",
                        "sasl.mechanism",
                        "OAUTHBEARER",
                        "sasl.login.callback.handler.class",
                        "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler",
                        "sasl.oauthbearer.token.endpoint.url",
                        issuer.url() + "/token",
                        "sasl.jaas.config",
                        OAUTH + " required clientId=\"gateway\" clientSecret=\"secret\";"));
    }

    @Test
    void aWrongPasswordLeavesTheClusterAwayAndIsNotTold() {
        Map<String, String> wrong = login("PLAIN", PLAIN, "ann", "guessed");
        try (KafkaBackend backend =
                new KafkaBackend(KafkaCluster.settings(broker.bootstrapServers(), wrong))) {
            await().atMost(PATIENCE)
                    .until(() -> backend.availability().reason().contains("uthentication"));

            assertThat(backend.availability().up()).isFalse();
            assertThat(backend.availability().reason()).doesNotContain("guessed");
        }
    }

    private static void assertWorks(String topic, Map<String, String> login) throws Exception {
        KafkaSettings settings =
                KafkaCluster.settings(broker.bootstrapServers(), login).with(KafkaTimes.DEFAULTS);
        try (KafkaBackend backend = new KafkaBackend(settings)) {
            await().atMost(PATIENCE).until(() -> backend.availability().up());
            BackendSession session = backend.open();
            RoundTrip.make(session, topic);
            assertGroupsWork(session, topic);
        }
    }

    private static void assertGroupsWork(BackendSession session, String topic) throws Exception {
        for (Sharing sharing : List.of(new ShareGroup("s-" + topic), new ConsumerGroup(topic))) {
            var target =
                    new KafkaTopic(
                            "kafka",
                            topic,
                            Optional.empty(),
                            Creation.NEVER,
                            KafkaUse.PLAIN.with(sharing));
            Received received = new Received();
            session.subscribe(target, SubscribeOptions.automatic(10).with(EARLIEST), received);
            await().atMost(PATIENCE)
                    .until(() -> received.bodies().containsAll(List.of("sent", "committed")));
        }
    }

    private static Map<String, String> login(
            String mechanism, String module, String user, String password) {
        return Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                mechanism,
                "sasl.jaas.config",
                "%s required username=\"%s\" password=\"%s\";".formatted(module, user, password));
    }

    private static Map<String, Object> all(Map<String, String> login) {
        Map<String, Object> all = new java.util.HashMap<>(login);
        all.put("bootstrap.servers", broker.bootstrapServers());
        return all;
    }
}
