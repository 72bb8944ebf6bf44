package footbridge.stomp;

import java.nio.ByteBuffer;

/// A MESSAGE for one subscriber: nothing in it is its own but the number.
///
/// @param withAck whether there is an `ack` header
record MessageFrame(SubscriberHead subscriber, SharedMessage shared, long number, boolean withAck)
        implements WireFrame {

    @Override
    public int size() {
        return Math.addExact(subscriber.size(number, withAck), shared.size());
    }

    @Override
    public boolean utf8() {
        return shared.utf8();
    }

    @Override
    public ByteBuffer body() {
        return shared.body();
    }

    @Override
    public void writeHead(ByteBuffer target) {
        subscriber.write(number, withAck, target);
        shared.writeHead(target);
    }
}
