package footbridge.conversations;

import footbridge.connection.Arrival;
import footbridge.connection.ClientChannel;
import footbridge.connection.Connection;
import footbridge.connection.Connections;
import footbridge.connection.OutgoingFrame;
import footbridge.testbed.StompClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Ties a test's client to a connection of the gateway, without a network between them.
final class MemoryWire implements ClientChannel, StompClient.Wire {

    private final StompClient.Inlet inlet;
    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition resumed = lock.newCondition();
    private boolean paused;

    private MemoryWire(Connections gateway, StompClient.Inlet inlet) {
        this.inlet = inlet;
        this.connection = gateway.open(this);
    }

    static StompClient open(Connections gateway) throws IOException {
        return StompClient.over(inlet -> new MemoryWire(gateway, inlet));
    }

    @Override
    public Arrival arrival() {
        return new Arrival("memory", "memory", false, Optional.empty(), Optional.empty());
    }

    @Override
    public void write(List<OutgoingFrame> frames, Runnable done) {
        var octets = new ByteArrayOutputStream();
        for (OutgoingFrame frame : frames) {
            ByteBuffer copy = ByteBuffer.allocate(frame.size());
            frame.writeTo(copy);
            octets.writeBytes(copy.array());
        }
        inlet.received(ByteBuffer.wrap(octets.toByteArray()));
        done.run();
    }

    @Override
    public void pause() {
        setPaused(true);
    }

    @Override
    public void resume() {
        setPaused(false);
    }

    private void setPaused(boolean now) {
        lock.lock();
        try {
            paused = now;
            resumed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close(int webSocketCode, String reason) {
        resume();
        inlet.ended(OptionalInt.of(webSocketCode), reason);
    }

    @Override
    public void send(byte[] octets) {
        lock.lock();
        try {
            while (paused) {
                resumed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        connection.received(octets, 0, octets.length);
    }

    @Override
    public void close() {
        connection.closed();
        inlet.ended(OptionalInt.empty(), "closed by the client");
    }

    @Override
    public void abort() {
        close();
    }

    @Override
    public String subProtocol() {
        return "";
    }
}
