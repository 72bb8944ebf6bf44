package footbridge.transport;

import footbridge.connection.Connection;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import org.jspecify.annotations.Nullable;

/// The way of a client's octets into its connection. Confined to the client's event loop.
public final class Inflow {

    private @Nullable Connection connection;
    private boolean stopped;

    public void into(Connection served) {
        connection = served;
    }

    /// Octets have come in; the buffer is ours from here on.
    public void received(Buffer buffer) {
        if (stopped || connection == null) {
            return;
        }
        ByteBuf octets = ((BufferImpl) buffer).byteBuf();
        if (octets.hasArray()) {
            int start = octets.arrayOffset() + octets.readerIndex();
            connection.received(octets.array(), start, octets.readableBytes());
        } else {
            byte[] copy = buffer.getBytes();
            connection.received(copy, 0, copy.length);
        }
    }

    /// What still comes is dropped.
    public void stop() {
        stopped = true;
    }

    /// The client's socket is gone.
    public void gone() {
        if (connection != null) {
            connection.closed();
        }
    }
}
