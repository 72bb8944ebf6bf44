package footbridge.system;

import static footbridge.system.Site.PATIENCE;
import static footbridge.system.Site.headers;
import static footbridge.system.Site.send;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.testbed.StompClient;
import footbridge.testbed.StompFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients settle messages of a real broker over real sockets, alone and in transactions.
@Timeout(120)
class SettlementIT {

    private static final Duration A_MOMENT = Duration.ofMillis(500);

    private static Site site;

    @BeforeAll
    static void start(@TempDir Path data) {
        site = Site.start(data);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void anAckWithAReceiptIsForGoodAndTheRestComesBack_K2() throws Exception {
        fill("/queue/kept", 3);
        try (StompClient first = site.connected()) {
            subscribe(first, "/queue/kept", "client-individual");
            message(first, "m0");
            StompFrame second = message(first, "m1");
            message(first, "m2");
            settle(first, "ACK", second);
        }

        try (StompClient next = site.connected()) {
            subscribe(next, "/queue/kept", "auto");
            message(next, "m0");
            message(next, "m2");
            assertThat(next.next(A_MOMENT)).isEmpty();
        }
    }

    @Test
    void aCumulativeAckSettlesWhatCameBefore_K3() throws Exception {
        fill("/queue/cumulative", 3);
        try (StompClient first = site.connected()) {
            subscribe(first, "/queue/cumulative", "client");
            message(first, "m0");
            StompFrame second = message(first, "m1");
            message(first, "m2");
            settle(first, "ACK", second);
        }

        try (StompClient next = site.connected()) {
            subscribe(next, "/queue/cumulative", "auto");
            message(next, "m2");
        }
    }

    @Test
    void aNackedMessageComesBackCounted_K7() throws Exception {
        fill("/queue/refused", 1);
        try (StompClient client = site.connected()) {
            subscribe(client, "/queue/refused", "client-individual");
            settle(client, "NACK", message(client, "m0"));

            StompFrame again = message(client, "m0");

            assertThat(again.header("redelivered")).contains("true");
            assertThat(again.header("delivery-count")).contains("2");
        }
    }

    @Test
    void aCommitMovesAMessageAndAnAbortDoesNot_T1() throws Exception {
        fill("/queue/from", 1);
        try (StompClient client = site.connected();
                StompClient watcher = site.connected()) {
            subscribe(client, "/queue/from", "client-individual");
            subscribe(watcher, "/queue/to", "auto");
            StompFrame held = message(client, "m0");

            move(client, held, "aborted", "ABORT");
            assertThat(watcher.next(A_MOMENT)).isEmpty();

            move(client, held, "committed", "COMMIT");
            message(watcher, "committed");
        }

        try (StompClient next = site.connected()) {
            subscribe(next, "/queue/from", "auto");
            assertThat(next.next(A_MOMENT)).isEmpty();
        }
    }

    /// ACKs `held` and sends `body` in one transaction, which `end` ends.
    private static void move(StompClient client, StompFrame held, String body, String end)
            throws Exception {
        client.send("BEGIN", headers("transaction", "t"), "");
        client.send("SEND", headers("destination", "/queue/to", "transaction", "t"), body);
        client.send("ACK", headers("id", held.header("ack").orElseThrow(), "transaction", "t"), "");
        client.send(end, headers("transaction", "t", "receipt", "ended"), "");
        assertThat(client.expect("RECEIPT", PATIENCE).header("receipt-id")).contains("ended");
    }

    private static void fill(String queue, int messages) throws Exception {
        try (StompClient sender = site.connected()) {
            for (int i = 0; i < messages; i++) {
                assertThat(send(sender, queue, "m" + i).command()).isEqualTo("RECEIPT");
            }
        }
    }

    private static void subscribe(StompClient client, String destination, String ack)
            throws IOException, InterruptedException {
        client.send(
                "SUBSCRIBE",
                headers("id", "0", "destination", destination, "ack", ack, "receipt", "s"),
                "");
        client.expect("RECEIPT", PATIENCE);
    }

    private static StompFrame message(StompClient client, String body) throws InterruptedException {
        StompFrame message = client.expect("MESSAGE", PATIENCE);
        assertThat(message.text()).isEqualTo(body);
        return message;
    }

    private static void settle(StompClient client, String command, StompFrame message)
            throws Exception {
        client.send(
                command,
                headers("id", message.header("ack").orElseThrow(), "receipt", "settled"),
                "");
        assertThat(client.expect("RECEIPT", PATIENCE).header("receipt-id")).contains("settled");
    }
}
