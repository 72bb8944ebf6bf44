package footbridge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import footbridge.backend.BackendSession;
import footbridge.backend.Message;
import footbridge.backend.SubscribeOptions;
import footbridge.backend.Target.Creation;
import footbridge.backend.Target.KafkaTopic;
import footbridge.backend.TransactedSend;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What every client of the gateway does at a cluster, however it is reached: the admin client
/// makes a topic, a reader reads it, a producer sends, a transaction is committed.
final class RoundTrip {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private RoundTrip() {}

    /// Returns when all of it has worked; the topic then holds `sent` and `committed`.
    static void make(BackendSession session, String topic) throws Exception {
        var target = new KafkaTopic("kafka", topic, Optional.empty(), Creation.AUTO);
        Received received = new Received();
        session.subscribe(target, SubscribeOptions.automatic(10), received);
        Outcome outcome = new Outcome();

        session.send(target, message("sent"), outcome);
        await().atMost(PATIENCE).until(outcome::isConfirmed);
        session.commit(List.of(new TransactedSend(target, message("committed"))), List.of());

        await().atMost(PATIENCE)
                .until(() -> received.bodies().equals(List.of("sent", "committed")));
    }

    private static Message message(String body) {
        return new Message(Map.of(), ByteBuffer.wrap(body.getBytes(UTF_8)), true);
    }
}
