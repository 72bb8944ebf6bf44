package footbridge.conversations;

import footbridge.testbed.StompClient;
import java.io.IOException;

/// Opens clients that have not sent anything yet.
interface Clients extends AutoCloseable {

    /// @param way what carries the client
    StompClient open(Way way) throws IOException;

    @Override
    void close();
}
