package footbridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import footbridge.access.Audit;
import footbridge.access.AuditEntry;
import footbridge.access.Credentials;
import footbridge.access.Identity;
import footbridge.access.Proven;
import footbridge.backend.Backend;
import footbridge.mapping.Mappings;
import footbridge.mapping.file.RuleFolder;
import footbridge.stomp.ClientFrame;
import footbridge.stomp.DecoderLimits;
import footbridge.stomp.Frame;
import footbridge.stomp.FrameDecoder;
import footbridge.stomp.HeartBeat;
import footbridge.stomp.ServerFrame;
import footbridge.stomp.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sessions that end when a token does, and how they are renewed; and what the audit log hears.
class RenewalTest {

    private static final String RULES =
            """
            rules:
              - { destination: /queue/desk, to: { jms: artemis, queue: desk }, allow: [desk] }
              - { destination: /queue/open, to: { jms: artemis, queue: open } }
              - { destination: "/mine/{name}", to: { jms: artemis, queue: "{$user}.{name}" } }
            """;

    private static final Instant SOON = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant LATER = SOON.plusSeconds(60);

    @TempDir Path folder;

    private final List<AuditEntry> audited = new ArrayList<>();
    private Session session;

    @BeforeEach
    void open() throws Exception {
        Files.writeString(folder.resolve("rules.yaml"), RULES);
        Mappings mappings = RuleFolder.load(folder, Map.of("artemis", Backend.Kind.JMS));
        var settings =
                new SessionSettings(
                        "test",
                        HeartBeat.NONE,
                        10,
                        TransactionLimits.DEFAULTS,
                        AnswerLimits.DEFAULTS);
        Audit audit =
                new Audit() {
                    @Override
                    public boolean on() {
                        return true;
                    }

                    @Override
                    public void write(AuditEntry entry) {
                        audited.add(entry);
                    }
                };
        session =
                new Sessions(settings, () -> mappings, _ -> ann("desk", SOON), audit)
                        .open(
                                "s",
                                new Caller("tcp", "10.0.0.1", Optional.empty(), Optional.empty()));
    }

    @Test
    void aTokenIsTakenFromWhereverConnectHasIt() throws Exception {
        assertThat(asked("CONNECT\naccept-version:1.2\nhost:h\nauthorization:Bearer t0\nlogin:x\n"))
                .contains(new Credentials.Token("t0"));
        assertThat(asked("CONNECT\naccept-version:1.2\nhost:h\nAuthorization:bearer t0\n"))
                .contains(new Credentials.Token("t0"));
        assertThat(asked("CONNECT\naccept-version:1.2\nhost:h\nlogin:\npasscode:t0\n"))
                .contains(new Credentials.Token("t0"));
        assertThat(asked("CONNECT\naccept-version:1.2\nhost:h\nlogin:ann\npasscode:t0\n"))
                .contains(new Credentials.Passcode("ann", "t0"));
        assertThat(asked("CONNECT\naccept-version:1.2\nhost:h\n")).isEmpty();
    }

    @Test
    void whatConnectBringsCountsBeforeWhatTheRequestBrought() throws Exception {
        var caller = new Caller("websocket", "::1", Optional.empty(), Optional.of("upgrade"));

        assertThat(caller.attempt(connect("login:ann\npasscode:p\n")).credentials())
                .contains(new Credentials.Passcode("ann", "p"));
        assertThat(caller.attempt(connect("")).credentials())
                .contains(new Credentials.Token("upgrade"));
    }

    @Test
    void anotherSchemeIsNoToken() throws Exception {
        assertError(session.on(connect("authorization:Basic YTpi\n")), "login-refused", "Bearer");
        assertThat(audited).extracting(AuditEntry::event).containsExactly("connect");
    }

    @Test
    void anEmptyTokenIsNone() throws Exception {
        assertError(session.on(connect("authorization:Bearer \n")), "login-refused", "no");
    }

    @Test
    void theSessionEndsWithItsToken() throws Exception {
        assertThat(connected(ann("desk", SOON))).contains(new SessionAction.ExpireAt(SOON));

        assertError(session.expired(SOON), "token-expired", "expired");
    }

    @Test
    void aRenewedSessionGoesOn() throws Exception {
        connected(ann("desk", SOON));

        assertThat(session.renew("Bearer t2"))
                .singleElement()
                .isInstanceOfSatisfying(
                        SessionAction.Authenticate.class,
                        action ->
                                assertThat(action.login().attempt().credentials())
                                        .contains(new Credentials.Token("t2")));
        assertThat(session.answered(new Login.Answer.Known(ann("desk", LATER))))
                .containsExactly(new SessionAction.ExpireAt(LATER));

        assertThat(session.expired(SOON)).isEmpty();
        assertError(session.expired(LATER), "token-expired", "expired");
    }

    @Test
    void aTokenOfSomebodyElseDoesNotRenew() throws Exception {
        connected(ann("desk", SOON));
        session.renew("Bearer t2");

        assertError(
                session.answered(new Login.Answer.Known(proven("bob", "desk", "ann", LATER))),
                "renewal-refused",
                "another client");
    }

    @Test
    void aTokenWithAnotherSubjectOfTheSameNameDoesNotRenew() throws Exception {
        connected(ann("desk", SOON));
        session.renew("Bearer t2");

        assertError(
                session.answered(new Login.Answer.Known(proven("ann", "desk", "other", LATER))),
                "renewal-refused",
                "another client");
    }

    @Test
    void aTokenThatIsNotValidEndsTheSession() throws Exception {
        connected(ann("desk", SOON));
        session.renew("Bearer t2");

        assertError(
                session.answered(new Login.Answer.Refused(ErrorCode.LOGIN_REFUSED, "Not valid.")),
                "renewal-refused",
                "Not valid.");
    }

    @Test
    void aSessionOfAPasscodeIsNotRenewed() throws Exception {
        session.on(connect("login:ann\npasscode:p\n"));
        session.answered(new Login.Answer.Known(new Identity("ann", Set.of(), false)));

        assertError(session.renew("Bearer t2"), "renewal-refused", "opened with a token");
    }

    @Test
    void aSubscriptionThatTheRenewedClientMayNotHaveIsNamed() throws Exception {
        connected(ann("desk", SOON));
        session.on(frame("SUBSCRIBE\nid:1\ndestination:/queue/open\n"));
        session.on(frame("SUBSCRIBE\nid:2\ndestination:/queue/desk\n"));
        session.renew("Bearer t2");

        assertError(
                session.answered(new Login.Answer.Known(ann("clerk", LATER))),
                "access-denied",
                "/queue/desk");
    }

    @Test
    void whatTheRenewedClientMaySendIsDecidedAnew() throws Exception {
        connected(ann("clerk", SOON));
        session.renew("Bearer t2");
        session.answered(new Login.Answer.Known(ann("desk", LATER)));

        assertThat(session.on(frame("SEND\ndestination:/queue/desk\n")))
                .singleElement()
                .isInstanceOf(SessionAction.Send.class);
    }

    @Test
    void theHeaderStaysHere() throws Exception {
        connected(ann("desk", SOON));

        var actions =
                session.on(
                        frame(
                                "SEND\ndestination:/queue/desk\nauthorization:Bearer x\nAuthorization:Bearer y\nk:v\n"));

        assertThat(actions)
                .singleElement()
                .isInstanceOfSatisfying(
                        SessionAction.Send.class,
                        send ->
                                assertThat(send.message().headers())
                                        .containsExactly(Map.entry("k", "v")));
        assertThat(frame("SEND\ndestination:/queue/desk\nauthorization:Bearer x\n").toString())
                .doesNotContain("Bearer");
    }

    @Test
    void theAuditLogHearsEachRefusalAndTheFirstGrant() throws Exception {
        connected(ann("desk", SOON));
        session.on(frame("SEND\ndestination:/queue/desk\n"));
        session.on(frame("SEND\ndestination:/queue/desk\n"));
        session.on(frame("SEND\ndestination:/queue/open\n"));
        session.renew("Bearer t2");
        session.answered(new Login.Answer.Known(ann("clerk", LATER)));
        session.on(frame("SEND\ndestination:/queue/desk\n"));

        assertThat(audited)
                .extracting(entry ->
                        "%s %s %s %s"
                                .formatted(
                                        entry.event(),
                                        entry.granted(),
                                        entry.user(),
                                        entry.details()))
                .containsExactly(
                        "connect true ann {listener=tcp, address=10.0.0.1, by=token, roles=desk}",
                        "send true ann {destination=/queue/desk, rule=rules.yaml:2, reason=allowed}",
                        "send true ann {destination=/queue/open, rule=rules.yaml:3, reason=allowed}",
                        "renew true ann {}",
                        "send false ann {destination=/queue/desk, rule=rules.yaml:2, reason=not-allowed}");
    }

    private static Proven ann(String role, Instant until) {
        return proven("ann", role, "ann", until);
    }

    private static Proven proven(String name, String role, String subject, Instant until) {
        return new Proven(
                new Identity(name, Set.of(role), false, Map.of("iss", "i", "sub", subject)),
                Optional.of(until));
    }

    private List<SessionAction> connected(Proven proven) throws Exception {
        session.on(connect("passcode:t1\n"));
        return session.answered(new Login.Answer.Known(proven));
    }

    private Optional<Credentials> asked(String head) throws Exception {
        var caller = new Caller("tcp", "10.0.0.1", Optional.empty(), Optional.empty());
        return caller.attempt((ClientFrame.Connect) frame(head)).credentials();
    }

    private static ClientFrame.Connect connect(String more) throws Exception {
        return (ClientFrame.Connect) frame("CONNECT\naccept-version:1.2\nhost:h\n" + more);
    }

    private static ClientFrame frame(String head) throws Exception {
        byte[] octets = (head + "\n\0").getBytes(StandardCharsets.UTF_8);
        List<Frame> frames = new ArrayList<>();
        new FrameDecoder(DecoderLimits.DEFAULTS).decode(octets, 0, octets.length, frames::add);
        return ClientFrame.of(frames.getFirst(), Version.V1_2);
    }

    private static void assertError(List<SessionAction> actions, String code, String text) {
        assertThat(actions).hasSize(2);
        assertThat(actions.getFirst())
                .isInstanceOfSatisfying(
                        SessionAction.Reply.class,
                        reply ->
                                assertThat(reply.frame())
                                        .isInstanceOfSatisfying(
                                                ServerFrame.Error.class,
                                                error -> {
                                                    assertThat(error.code()).isEqualTo(code);
                                                    assertThat(error.toString()).contains(text);
                                                }));
        assertThat(actions.getLast()).isEqualTo(new SessionAction.Close(CloseReason.error(code)));
    }
}
