package footbridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import footbridge.access.Audit;
import footbridge.access.Authenticator;
import footbridge.access.Identity;
import footbridge.access.Proven;
import footbridge.backend.Backend;
import footbridge.backend.KafkaReading;
import footbridge.backend.StartAt;
import footbridge.mapping.Mappings;
import footbridge.mapping.file.RuleFolder;
import footbridge.stomp.AckMode;
import footbridge.stomp.ClientFrame;
import footbridge.stomp.Headers;
import footbridge.stomp.HeartBeat;
import footbridge.stomp.ServerFrame;
import footbridge.stomp.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where SUBSCRIBE may begin, by its headers and by the rule.
class ReplayHeadersTest {

    private static final Authenticator NOBODY_ASKED = _ -> new Proven(Identity.ANONYMOUS);

    private static final String RULES =
            """
            defaults: { allow: [anonymous] }
            rules:
              - destination: /topic/log
                to: { kafka: kafka, topic: log }
                subscribe: { from: last=5 }
              - destination: /topic/now
                to: { kafka: kafka, topic: now }
                subscribe: { replay: false }
              - destination: /queue/jobs
                to: { kafka: kafka, topic: jobs, share-group: g }
                subscribe: { from: earliest }
              - { destination: /topic/news, to: { jms: artemis, topic: news } }
            """;

    @TempDir Path folder;

    private Session session;

    @BeforeEach
    void connect() throws Exception {
        Files.writeString(folder.resolve("rules.yaml"), RULES);
        Mappings mappings =
                RuleFolder.load(
                        folder, Map.of("artemis", Backend.Kind.JMS, "kafka", Backend.Kind.KAFKA));
        session =
                new Sessions(
                                new SessionSettings(
                                        "test",
                                        HeartBeat.NONE,
                                        10,
                                        TransactionLimits.DEFAULTS,
                                        AnswerLimits.DEFAULTS),
                                () -> mappings,
                                NOBODY_ASKED,
                                Audit.NONE)
                        .open(
                                "s",
                                new Caller("tcp", "10.0.0.1", Optional.empty(), Optional.empty()));
        session.on(
                new ClientFrame.Connect(
                        Optional.of(Version.V1_2),
                        Optional.of("h"),
                        Optional.empty(),
                        Optional.empty(),
                        HeartBeat.NONE,
                        Headers.of()));
        session.answered(new Login.Answer.Known(new Proven(Identity.ANONYMOUS)));
    }

    @Test
    void theRuleSaysWhereAClientBeginsThatDoesNot() {
        assertThat(reading("/topic/log").from()).isEqualTo(new StartAt.Last(5));
        assertThat(reading("/topic/now").from()).isEqualTo(StartAt.LATEST);
        assertThat(reading("/queue/jobs").from()).isEqualTo(StartAt.EARLIEST);
    }

    @Test
    void theClientMaySayItselfWhereItBegins() {
        assertThat(reading("/topic/log", "from", "offset=7").from())
                .isEqualTo(new StartAt.Offset(7));
        assertThat(reading("/topic/log", "resume-from", "XYZ").resumeFrom()).contains("XYZ");
    }

    @ParameterizedTest
    @CsvSource({
        "/topic/log, from, yesterday, invalid-header",
        "/topic/log, from, offset=-1, invalid-header",
        "/topic/now, from, latest, invalid-header",
        "/topic/now, resume-from, XYZ, invalid-header",
        "/queue/jobs, from, earliest, unsupported",
        "/queue/jobs, resume-from, XYZ, unsupported",
        "/topic/news, from, latest, unsupported",
        "/topic/news, resume-from, XYZ, unsupported",
        "/temp-queue/a, from, earliest, unsupported"
    })
    void whatCannotBeChosenIsRefused_S9(
            String destination, String header, String value, String code) {
        assertError(subscribe(destination, header, value), code);
    }

    @Test
    void aClientGoesOnOrBeginsAnewButNotBoth() {
        assertError(
                subscribe("/topic/log", "from", "earliest", "resume-from", "XYZ"),
                "invalid-header");
    }

    private KafkaReading reading(String destination, String... headers) {
        SessionAction.Subscribe request =
                (SessionAction.Subscribe) subscribe(destination, headers).getFirst();
        return request.options().kafka();
    }

    private List<SessionAction> subscribe(String destination, String... headers) {
        return session.on(
                new ClientFrame.Subscribe(
                        Optional.of(destination + String.join(",", headers)),
                        destination,
                        AckMode.AUTO,
                        Optional.empty(),
                        Headers.of(headers)));
    }

    private static void assertError(List<SessionAction> actions, String code) {
        assertThat(actions.getFirst())
                .isInstanceOfSatisfying(
                        SessionAction.Reply.class,
                        reply ->
                                assertThat(((ServerFrame.Error) reply.frame()).code())
                                        .isEqualTo(code));
    }
}
