package footbridge.stomp;

import static footbridge.stomp.Decoding.decoder;
import static footbridge.stomp.Decoding.feed;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Properties of the codec over random frames; the seed of a failure is in its message.
class RoundTripTest {

    private static final int ROUNDS = 1000;

    @ParameterizedTest
    @EnumSource
    void aClientFrameComesOutAsItWentIn(Version version) throws ProtocolViolation {
        for (long seed = 0; seed < ROUNDS; seed++) {
            RandomFrames random = new RandomFrames(seed, version);
            Frame frame = random.clientFrame();

            assertThat(feed(decoder(version), random.wire(frame)))
                    .as("seed %d", seed)
                    .containsExactly(frame);
        }
    }

    @ParameterizedTest
    @EnumSource
    void framesAreTheSameHoweverTheOctetsAreCut_F10(Version version) throws ProtocolViolation {
        for (long seed = 0; seed < ROUNDS; seed++) {
            RandomFrames random = new RandomFrames(seed, version);
            List<Frame> sent = new ArrayList<>();
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            for (int i = random.random().nextInt(5); i >= 0; i--) {
                Frame frame = random.clientFrame();
                sent.add(frame);
                wire.writeBytes(random.wire(frame));
                wire.writeBytes(
                        "\n".repeat(random.random().nextInt(3)).getBytes(StandardCharsets.UTF_8));
            }

            FrameDecoder decoder = decoder(version);
            List<Frame> received = new ArrayList<>();
            for (byte[] chunk : random.chunks(wire.toByteArray())) {
                received.addAll(feed(decoder, chunk));
            }

            assertThat(received).as("seed %d", seed).isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMessageComesOutAsItWentIn_E6_M5_M6(Version version) throws ProtocolViolation {
        for (long seed = 0; seed < ROUNDS; seed++) {
            RandomFrames random = new RandomFrames(seed, version);
            Map<String, String> headers = random.headers();
            byte[] body = random.body(true);
            Optional<String> subscription = random.optionalValue();
            String destination = random.value();
            long number = random.random().nextLong(Long.MAX_VALUE) >> random.random().nextInt(63);

            WireFrame frame =
                    new SubscriberHead(version, subscription, destination, "p")
                            .message(
                                    SharedMessage.of(version, headers, ByteBuffer.wrap(body)),
                                    number,
                                    true);

            Map<String, String> expected = new LinkedHashMap<>();
            subscription.ifPresent(id -> expected.put("subscription", id));
            expected.put("destination", destination);
            expected.put("message-id", "p-" + number);
            if (version == Version.V1_2) {
                expected.put("ack", "p-" + number);
            }
            headers.forEach(expected::putIfAbsent);
            expected.put("content-length", Integer.toString(body.length));
            assertThat(feed(decoder(version), frame.toBytes()))
                    .as("seed %d", seed)
                    .containsExactly(frame(Command.MESSAGE, expected, body));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReceiptComesOutAsItWentIn_R2(Version version) throws ProtocolViolation {
        for (long seed = 0; seed < ROUNDS; seed++) {
            RandomFrames random = new RandomFrames(seed, version);
            String id = random.value();
            Map<String, String> more = random.headers();

            Map<String, String> expected = new LinkedHashMap<>();
            expected.put("receipt-id", id);
            expected.putAll(more);
            assertThat(
                            feed(
                                    decoder(version),
                                    new ServerFrame.Receipt(id, more).encode(version).toBytes()))
                    .as("seed %d", seed)
                    .containsExactly(frame(Command.RECEIPT, expected, new byte[0]));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anErrorComesOutAsItWentIn_X2_X3_X4(Version version) throws ProtocolViolation {
        for (long seed = 0; seed < ROUNDS; seed++) {
            RandomFrames random = new RandomFrames(seed, version);
            String message = random.value();
            Optional<String> receipt = random.optionalValue();
            String body = random.value();

            WireFrame error =
                    new ServerFrame.Error(message, "a-code", receipt, body, Map.of("x", "y"))
                            .encode(version);

            byte[] octets = body.getBytes(StandardCharsets.UTF_8);
            Map<String, String> expected = new LinkedHashMap<>();
            expected.put("message", message);
            expected.put("code", "a-code");
            receipt.ifPresent(id -> expected.put("receipt-id", id));
            expected.put("content-type", "text/plain");
            expected.put("content-length", Integer.toString(octets.length));
            expected.put("x", "y");
            assertThat(feed(decoder(version), error.toBytes()))
                    .as("seed %d", seed)
                    .containsExactly(frame(Command.ERROR, expected, octets));
        }
    }

    private static Frame frame(Command command, Map<String, String> headers, byte[] body) {
        return new Frame(command, RandomFrames.flat(headers), ByteBuffer.wrap(body));
    }
}
