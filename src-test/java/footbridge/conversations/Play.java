package footbridge.conversations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/// Plays one conversation once: in one version, over one transport.
///
/// What a conversation does not mention must not happen: every frame has to be expected, and none
/// may be left when it is over.
final class Play {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Conversation conversation;
    private final String version;
    private final Way way;
    private final Clients clients;
    private final Map<String, StompClient> open = new LinkedHashMap<>();
    private final Map<String, Heard> messages = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();

    private record Heard(StompFrame frame, String version) {}

    private Play(Conversation conversation, String version, Way way, Clients clients) {
        this.conversation = conversation;
        this.version = version;
        this.way = way;
        this.clients = clients;
        variables.put("version", version);
        variables.put("q", UUID.randomUUID().toString().substring(0, 12));
    }

    /// @throws AssertionError if the gateway says something else
    static void of(Conversation conversation, String version, Way way, Clients clients)
            throws IOException, InterruptedException {
        new Play(conversation, version, way, clients).play();
    }

    private void play() throws IOException, InterruptedException {
        try {
            List<Step> steps = conversation.steps();
            for (int i = 0; i < steps.size(); i++) {
                i += act(steps, i) - 1;
            }
            for (StompClient client : open.values()) {
                assertThat(client.next(Duration.ZERO)).as("a frame nobody expects").isEmpty();
            }
        } finally {
            open.values().forEach(StompClient::close);
        }
    }

    /// Does what stands at `at` and tells how many steps that were.
    private int act(List<Step> steps, int at) throws IOException, InterruptedException {
        switch (steps.get(at)) {
            case Step.Says says -> say(says);
            case Step.Hears hears when hears.anyOrder() -> {
                return hearInAnyOrder(steps, at);
            }
            case Step.Hears hears -> hear(List.of(hears));
            case Step.IsEnded ended -> awaitEnd(ended);
            case Step.HearsHeartBeat heard -> awaitHeartBeat(client(heard.client()));
            case Step.Leaves leaves -> leave(leaves);
        }
        return 1;
    }

    private void say(Step.Says says) throws IOException, InterruptedException {
        StompClient client = client(says.client());
        for (byte[] write : says.octets().writes(this::value)) {
            try {
                client.send(write);
            } catch (IOException gone) {
                // A server that has refused what came before may be quicker than the rest of it.
                if (client.awaitEnd(PATIENCE).isEmpty()) {
                    throw gone;
                }
                return;
            }
        }
    }

    private int hearInAnyOrder(List<Step> steps, int at) throws IOException, InterruptedException {
        List<Step.Hears> expected = new ArrayList<>();
        for (Step step : steps.subList(at, steps.size())) {
            if (step instanceof Step.Hears hears
                    && hears.anyOrder()
                    && hears.client().equals(steps.get(at).client())) {
                expected.add(hears);
            } else {
                break;
            }
        }
        int count = expected.size();
        while (!expected.isEmpty()) {
            expected.remove(hear(expected));
        }
        return count;
    }

    /// Waits for a frame that is one of these, and tells which.
    private Step.Hears hear(List<Step.Hears> expected) throws IOException, InterruptedException {
        String name = expected.getFirst().client();
        StompClient client = client(name);
        StompFrame frame =
                client.next(PATIENCE)
                        .orElseThrow(
                                () -> new AssertionError("nothing came, expected " + expected));
        AssertionError unlike = null;
        for (Step.Hears candidate : expected) {
            try {
                compare(candidate, frame);
                return candidate;
            } catch (AssertionError e) {
                unlike = e;
            }
        }
        throw new AssertionError("%s heard %s".formatted(name, frame), unlike);
    }

    private void compare(Step.Hears expected, StompFrame frame) {
        assertThat(frame.command()).isEqualTo(expected.command());
        expected.headers().forEach(line -> compareHeader(line, frame));
        expected.body()
                .ifPresent(body -> assertThat(frame.bytes()).isEqualTo(body.whole(this::value)));
        expected.name()
                .ifPresent(name ->
                        messages.put(
                                name,
                                new Heard(
                                        frame, conversation.version(expected.client(), version))));
    }

    /// `!name`: not there; `name:*`: there; `name:~x`: matches the pattern x; `name:!x`: there, and
    /// not x; `name:value`.
    private void compareHeader(String line, StompFrame frame) {
        if (line.startsWith("!")) {
            assertThat(frame.header(line.substring(1))).as(line).isEmpty();
            return;
        }
        String[] parts = line.split(":", 2);
        Optional<String> value = frame.header(text(parts[0]));
        if (parts[1].equals("*")) {
            assertThat(value).as(line).isPresent();
        } else if (parts[1].startsWith("~")) {
            assertThat(value)
                    .as(line)
                    .hasValueSatisfying(v -> assertThat(v).matches(parts[1].substring(1)));
        } else if (parts[1].startsWith("!")) {
            assertThat(value)
                    .as(line)
                    .isPresent()
                    .isNotEqualTo(Optional.of(text(parts[1].substring(1))));
        } else {
            assertThat(value).as(line).contains(text(parts[1]));
        }
    }

    private String text(String notation) {
        return new String(new Octets(notation).whole(this::value), UTF_8);
    }

    private void awaitEnd(Step.IsEnded expected) throws IOException, InterruptedException {
        StompClient client = client(expected.client());
        assertThat(client.next(PATIENCE)).as("a frame before the end").isEmpty();
        Optional<StompClient.End> end = client.awaitEnd(PATIENCE);
        assertThat(end).as("the end of the connection").isPresent();
        if (expected.code().isPresent() && way.tellsCloseCode()) {
            assertThat(end.get().code()).isEqualTo(expected.code());
        } else if (way.tellsCloseCode()) {
            assertThat(end.get().code()).as("a close frame").isNotEqualTo(OptionalInt.empty());
        }
    }

    private static void awaitHeartBeat(StompClient client) {
        int before = client.heartBeats();
        await().atMost(PATIENCE).until(() -> client.heartBeats() > before);
    }

    private void leave(Step.Leaves leaves) throws IOException, InterruptedException {
        StompClient client = client(leaves.client());
        open.remove(leaves.client());
        if (leaves.abruptly()) {
            client.abort();
        } else {
            client.close();
        }
    }

    private StompClient client(String name) throws IOException, InterruptedException {
        StompClient present = open.get(name);
        if (present != null) {
            return present;
        }
        StompClient client = clients.open(way);
        open.put(name, client);
        if (!conversation.raw()) {
            connect(client, conversation.version(name, version));
        }
        return client;
    }

    private static void connect(StompClient client, String version)
            throws IOException, InterruptedException {
        client.send("CONNECT\naccept-version:%s\nhost:localhost\n\n\0".formatted(version));
        client.expect("CONNECTED", PATIENCE);
    }

    /// `q`: a name of this play's own; `version`; `ack NAME`: the header lines with which a message
    /// is acknowledged in its version; `NAME.header`: a header of a message.
    private String value(String variable) {
        if (variable.startsWith("ack ")) {
            return ackHeaders(heard(variable.substring(4)));
        }
        int dot = variable.indexOf('.');
        if (dot > 0) {
            return heard(variable.substring(0, dot))
                    .frame()
                    .header(variable.substring(dot + 1))
                    .orElseThrow();
        }
        return Optional.ofNullable(variables.get(variable)).orElseThrow();
    }

    private Heard heard(String name) {
        return Optional.ofNullable(messages.get(name))
                .orElseThrow(() -> new AssertionError("nobody has heard " + name));
    }

    private static String ackHeaders(Heard heard) {
        Map<String, String> headers = heard.frame().headers();
        return switch (heard.version()) {
            case "1.2" -> "id:" + headers.get("ack");
            case "1.1" ->
                    "message-id:%s\nsubscription:%s"
                            .formatted(headers.get("message-id"), headers.get("subscription"));
            default -> "message-id:" + headers.get("message-id");
        };
    }
}
