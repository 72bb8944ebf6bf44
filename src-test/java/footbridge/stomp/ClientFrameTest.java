package footbridge.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which headers a client frame needs, and what they mean.
class ClientFrameTest {

    private static final Optional<String> RECEIPT = Optional.of("r-1");

    @Test
    void connectTellsVersionHostCredentialsAndHeartBeat_C4_C6_B2() throws ProtocolViolation {
        Frame frame =
                frame(
                        Command.CONNECT,
                        "accept-version",
                        "1.1,1.2",
                        "host",
                        "h",
                        "login",
                        "joe",
                        "passcode",
                        "p",
                        "heart-beat",
                        "1000,2000");

        assertThat(ClientFrame.of(frame, Version.V1_2))
                .isEqualTo(
                        new ClientFrame.Connect(
                                Optional.of(Version.V1_2),
                                Optional.of("h"),
                                Optional.of("joe"),
                                Optional.of("p"),
                                new HeartBeat(1000, 2000),
                                frame.headers()));
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECT", "STOMP"})
    void connectNeedsNoHeader_C3_N1_B1_ambiguity9(Command command) throws ProtocolViolation {
        assertThat(ClientFrame.of(frame(command), Version.V1_0))
                .isEqualTo(
                        new ClientFrame.Connect(
                                Optional.of(Version.V1_0),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                HeartBeat.NONE,
                                Headers.EMPTY));
    }

    @Test
    void connectHasNoReceipt_H3() throws ProtocolViolation {
        Frame frame = frame(Command.CONNECT, "receipt", "r-1");

        assertThat(ClientFrame.of(frame, Version.V1_2).receipt()).isEmpty();
        assertThat(
                        violation(
                                        Version.V1_2,
                                        Command.CONNECT,
                                        "accept-version",
                                        "1.2",
                                        "heart-beat",
                                        "x",
                                        "receipt",
                                        "r-1")
                                .receipt())
                .isEmpty();
    }

    @Test
    void malformedHeartBeatIsRefused_ambiguity32() {
        assertThat(
                        violation(
                                        Version.V1_2,
                                        Command.CONNECT,
                                        "accept-version",
                                        "1.1",
                                        "heart-beat",
                                        "-1,0")
                                .code())
                .isEqualTo("invalid-header");
    }

    @Test
    void heartBeatMeansNothingIn10_B9() throws ProtocolViolation {
        Frame frame = frame(Command.CONNECT, "heart-beat", "not for 1.0");

        assertThat(ClientFrame.of(frame, Version.V1_0))
                .extracting("heartBeat")
                .isEqualTo(HeartBeat.NONE);
    }

    @Test
    void connectMayAcceptNoVersionOfOurs_N4() throws ProtocolViolation {
        Frame frame = frame(Command.CONNECT, "accept-version", "9.9", "heart-beat", "x");

        assertThat(ClientFrame.of(frame, Version.V1_0))
                .extracting("version")
                .isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @EnumSource
    void sendHasDestinationHeadersAndBody(Version version) throws ProtocolViolation {
        Headers headers = Headers.of("destination", "/q", "receipt", "r-1", "transaction", "t");
        ByteBuffer body = ByteBuffer.wrap(new byte[] {1, 0, 2});

        assertThat(ClientFrame.of(new Frame(Command.SEND, headers, body), version))
                .isEqualTo(new ClientFrame.Send("/q", Optional.of("t"), RECEIPT, headers, body));
    }

    @ParameterizedTest
    @CsvSource({
        "SEND,V1_0",
        "SEND,V1_1",
        "SEND,V1_2",
        "SUBSCRIBE,V1_0",
        "SUBSCRIBE,V1_1",
        "SUBSCRIBE,V1_2",
        "UNSUBSCRIBE,V1_0",
        "UNSUBSCRIBE,V1_1",
        "UNSUBSCRIBE,V1_2",
        "ACK,V1_0",
        "ACK,V1_1",
        "ACK,V1_2",
        "NACK,V1_1",
        "NACK,V1_2",
        "BEGIN,V1_0",
        "BEGIN,V1_1",
        "BEGIN,V1_2",
        "COMMIT,V1_2",
        "ABORT,V1_2"
    })
    void missingHeaderIsNamedAndSoIsTheReceipt_S2_T3_X3(Command command, Version version) {
        ProtocolViolation violation = violation(version, command, "receipt", "r-1");

        assertThat(violation.code()).isEqualTo("missing-header");
        assertThat(violation.receipt()).isEqualTo(RECEIPT);
        assertThat(violation).hasMessageContaining(command.name());
    }

    @ParameterizedTest
    @EnumSource
    void subscribeHasIdDestinationAndAckMode_S2_S3_S4(Version version) throws ProtocolViolation {
        Frame frame =
                frame(
                        Command.SUBSCRIBE,
                        "id",
                        "0",
                        "destination",
                        "/q",
                        "ack",
                        "client",
                        "receipt",
                        "r-1");

        assertThat(ClientFrame.of(frame, version))
                .isEqualTo(
                        new ClientFrame.Subscribe(
                                Optional.of("0"), "/q", AckMode.CLIENT, RECEIPT, frame.headers()));
    }

    @Test
    void subscribeNeedsAnIdFrom11_S3_ambiguity10() throws ProtocolViolation {
        Frame frame = frame(Command.SUBSCRIBE, "destination", "/q");

        assertThat(ClientFrame.of(frame, Version.V1_0))
                .extracting("id")
                .isEqualTo(Optional.empty());
        assertThat(violation(Version.V1_1, Command.SUBSCRIBE, "destination", "/q"))
                .hasMessageContaining("id");
    }

    @ParameterizedTest
    @CsvSource({"auto,AUTO", "client,CLIENT", "client-individual,CLIENT_INDIVIDUAL"})
    void ackModesAreRecognisedInEveryVersion_S4(String text, AckMode mode)
            throws ProtocolViolation {
        for (Version version : Version.values()) {
            Frame frame = frame(Command.SUBSCRIBE, "id", "0", "destination", "/q", "ack", text);

            assertThat(ClientFrame.of(frame, version)).extracting("ackMode").isEqualTo(mode);
            assertThat(mode.text()).isEqualTo(text);
        }
    }

    @Test
    void ackModeIsAutoByDefault_S4() throws ProtocolViolation {
        assertThat(
                        ClientFrame.of(
                                frame(Command.SUBSCRIBE, "id", "0", "destination", "/q"),
                                Version.V1_2))
                .extracting("ackMode")
                .isEqualTo(AckMode.AUTO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Client", "none", "client-each"})
    void unknownAckModeIsRefused_ambiguity34(String mode) {
        assertThat(
                        violation(
                                        Version.V1_2,
                                        Command.SUBSCRIBE,
                                        "id",
                                        "0",
                                        "destination",
                                        "/q",
                                        "ack",
                                        mode)
                                .code())
                .isEqualTo("invalid-header");
    }

    @Test
    void unsubscribeMayNameADestinationIn10Only_U1_U2() throws ProtocolViolation {
        Frame frame = frame(Command.UNSUBSCRIBE, "destination", "/q", "receipt", "r-1");

        assertThat(ClientFrame.of(frame, Version.V1_0))
                .isEqualTo(
                        new ClientFrame.Unsubscribe(
                                Optional.empty(), Optional.of("/q"), RECEIPT, frame.headers()));
        assertThat(violation(Version.V1_1, Command.UNSUBSCRIBE, "destination", "/q").code())
                .isEqualTo("missing-header");
    }

    @Test
    void ackOf12NamesTheAckHeaderByItsId_K5() throws ProtocolViolation {
        Frame frame = frame(Command.ACK, "message-id", "m", "id", "a", "transaction", "t");

        assertThat(ClientFrame.of(frame, Version.V1_2))
                .isEqualTo(
                        new ClientFrame.Ack(
                                "a", Optional.empty(), Optional.of("t"), Optional.empty()));
    }

    @Test
    void ackOf11NamesMessageIdAndSubscription_K5() throws ProtocolViolation {
        Frame frame = frame(Command.ACK, "message-id", "m", "subscription", "s", "id", "a");

        assertThat(ClientFrame.of(frame, Version.V1_1))
                .isEqualTo(
                        new ClientFrame.Ack(
                                "m", Optional.of("s"), Optional.empty(), Optional.empty()));
        assertThat(violation(Version.V1_1, Command.ACK, "message-id", "m"))
                .hasMessageContaining("subscription");
    }

    @Test
    void ackOf10NamesTheMessageId_K5() throws ProtocolViolation {
        assertThat(ClientFrame.of(frame(Command.ACK, "message-id", "m"), Version.V1_0))
                .isEqualTo(
                        new ClientFrame.Ack(
                                "m", Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void nackIsReadLikeAck_K7() throws ProtocolViolation {
        assertThat(ClientFrame.of(frame(Command.NACK, "id", "a", "receipt", "r-1"), Version.V1_2))
                .isEqualTo(
                        new ClientFrame.Nack(
                                "a",
                                Optional.empty(),
                                Optional.empty(),
                                RECEIPT,
                                Headers.of("id", "a", "receipt", "r-1")));
    }

    @Test
    void nackIsNoCommandOf10_K7() {
        assertThat(violation(Version.V1_0, Command.NACK, "message-id", "m").code())
                .isEqualTo("unknown-command");
    }

    @Test
    void transactionFramesNameTheirTransaction_T3() throws ProtocolViolation {
        assertThat(ClientFrame.of(transaction(Command.BEGIN), Version.V1_2))
                .isEqualTo(new ClientFrame.Begin("t", RECEIPT));
        assertThat(ClientFrame.of(transaction(Command.COMMIT), Version.V1_2))
                .isEqualTo(new ClientFrame.Commit("t", RECEIPT));
        assertThat(ClientFrame.of(transaction(Command.ABORT), Version.V1_2))
                .isEqualTo(new ClientFrame.Abort("t", RECEIPT));
    }

    @Test
    void disconnectMayAskForAReceipt_D1_D3() throws ProtocolViolation {
        assertThat(ClientFrame.of(frame(Command.DISCONNECT, "receipt", "r-1"), Version.V1_2))
                .isEqualTo(new ClientFrame.Disconnect(RECEIPT));
        assertThat(ClientFrame.of(frame(Command.DISCONNECT), Version.V1_0))
                .isEqualTo(new ClientFrame.Disconnect(Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECTED", "MESSAGE", "RECEIPT", "ERROR"})
    void commandsOfTheServerAreUnknown_ambiguity18(Command command) {
        assertThat(violation(Version.V1_2, command).code()).isEqualTo("unknown-command");
    }

    private static Frame transaction(Command command) {
        return frame(command, "transaction", "t", "receipt", "r-1");
    }

    private static Frame frame(Command command, String... headers) {
        return new Frame(command, Headers.of(headers), Frame.NO_BODY);
    }

    private static ProtocolViolation violation(
            Version version, Command command, String... headers) {
        return catchThrowableOfType(
                ProtocolViolation.class, () -> ClientFrame.of(frame(command, headers), version));
    }
}
