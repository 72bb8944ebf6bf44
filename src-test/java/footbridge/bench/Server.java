package footbridge.bench;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.activemq.artemis.api.core.ActiveMQNonExistentQueueException;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ClientSessionFactory;
import org.apache.activemq.artemis.api.core.client.ServerLocator;

/// A server that is up and to be measured.
///
/// @param webSocket where it speaks STOMP over WebSocket
/// @param login headers that CONNECT needs beside the usual, each with its LF
/// @param prefetch headers by which a SUBSCRIBE that settles its messages asks for about a hundred
///   ahead, the same way
/// @param artemis where its broker can be told to forget a queue; empty if it is no Artemis
/// @param processes all that work for it
record Server(
        String name,
        URI webSocket,
        String login,
        String prefetch,
        String artemis,
        List<Long> processes) {

    /// What CONNECT names as `host`; to RabbitMQ that is a part of the broker.
    String host() {
        return name.equals("rabbitmq") ? "/" : "localhost";
    }

    /// Headers of SUBSCRIBE. None with `auto`: Artemis would never open the window again.
    String prefetch(String ack) {
        return ack.equals("auto") ? "" : prefetch;
    }

    /// The queue and what nobody has fetched from it are no more, so that one run leaves nothing to
    /// the next.
    void forget(String queue) throws IOException {
        if (artemis.isEmpty() || queue.isEmpty()) {
            return;
        }
        try (ServerLocator locator = ActiveMQClient.createServerLocator(artemis);
                ClientSessionFactory factory = locator.createSessionFactory();
                ClientSession session = factory.createSession()) {
            session.deleteQueue(queue);
        } catch (ActiveMQNonExistentQueueException _) {
            return; // the run has not come so far, and says why
        } catch (Exception e) {
            throw new IOException("queue not deleted: " + e.getMessage(), e);
        }
    }
}
