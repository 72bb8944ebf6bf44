package footbridge.jms.link;

import java.util.List;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ServerLocator;

/// How connections to a broker are made: those to read and those to write.
///
/// What the url says of the settings below does not count: the promises of this room stand on them.
public record Locators(ServerLocator reading, ServerLocator writing) {

    /// Without a window the client library "confirms" a send which the broker never saw. Its size
    /// is how much of what a core session has sent is kept in memory, however long ago it was
    /// confirmed: at 1 MiB, 50,000 clients could keep 50 GB.
    private static final int CONFIRMATION_WINDOW_BYTES = 16 * 1024;

    private static final int NO_CONFIRMATIONS = -1;

    /// What the broker sends ahead to each queue subscription.
    private static final int CONSUMER_WINDOW_BYTES = 64 * 1024;

    /// What a client may have on its way to one address before the broker grants more. Bounds what
    /// waits in memory for a slow broker, and lets an address with policy BLOCK block.
    private static final int PRODUCER_WINDOW_BYTES = 256 * 1024;

    /// A text has twice as many octets on the way to the broker as a client has sent. What a client
    /// can send without going in pieces shall not become a file of its own at the broker, which
    /// costs several times a record of its journal; a broker whose records are shorter makes one
    /// all the same.
    private static final int MIN_LARGE_BYTES = 256 * 1024;

    /// @throws IllegalArgumentException if the url is not one of an Artemis broker
    static Locators of(ArtemisSettings settings) {
        return new Locators(
                locator(settings, NO_CONFIRMATIONS), locator(settings, CONFIRMATION_WINDOW_BYTES));
    }

    /// Where the broker may be, in the order of the url.
    List<TransportConfiguration> addresses() {
        return List.of(reading.getStaticTransportConfigurations());
    }

    void close() {
        reading.close();
        writing.close();
    }

    private static ServerLocator locator(ArtemisSettings settings, int confirmationWindow) {
        long callTimeout = settings.callTimeout().toMillis();
        return locator(settings)
                .setConfirmationWindowSize(confirmationWindow)
                .setConsumerWindowSize(CONSUMER_WINDOW_BYTES)
                .setProducerWindowSize(PRODUCER_WINDOW_BYTES)
                .setMinLargeMessageSize(MIN_LARGE_BYTES)
                .setBlockOnAcknowledge(false)
                .setBlockOnDurableSend(false)
                .setBlockOnNonDurableSend(false)
                .setReconnectAttempts(0)
                .setFailoverAttempts(0)
                .setInitialConnectAttempts(1)
                .setUseTopologyForLoadBalancing(false)
                .setCallTimeout(callTimeout)
                .setCallFailoverTimeout(callTimeout);
    }

    private static ServerLocator locator(ArtemisSettings settings) {
        try {
            return ActiveMQClient.createServerLocator(settings.url());
        } catch (Exception e) {
            throw new IllegalArgumentException(
                    "broker %s: the url is not one of an Artemis broker".formatted(settings.name()),
                    e);
        }
    }
}
