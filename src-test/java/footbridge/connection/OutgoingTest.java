package footbridge.connection;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import footbridge.stomp.ServerFrame;
import footbridge.stomp.Version;
import footbridge.stomp.WireFrame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/// Who is woken when the socket has taken frames.
class OutgoingTest {

    private final Queue<Runnable> writes = new ArrayDeque<>();

    /// Its worker does nothing, so that what wakes it stays to be seen.
    private final Mailbox mailbox = new Mailbox(() -> {}, 1 << 20, 1_000);

    private final Outgoing outgoing = new Outgoing(new Socket(), mailbox);

    @Test
    void aFrameThatNobodyCountsOnWakesNobody() {
        List<Long> told = new ArrayList<>();
        outgoing.add(receipt(10));
        outgoing.addObserved(receipt(10), told::add);
        outgoing.flush();

        take();

        assertThat(told).hasSize(1);
        assertThat(outgoing.unwritten()).isZero();
        assertThat(mailbox.poll()).isNull();
    }

    @Test
    void whoCountsOnAFrameIsToldOnTheConnectionsThread() {
        List<Long> told = new ArrayList<>();
        outgoing.add(receipt(10), told::add);
        outgoing.flush();

        take();

        assertThat(told).isEmpty();
        requireNonNull(mailbox.poll()).run();
        assertThat(told).hasSize(1);
    }

    @Test
    void whoWaitsForABusySocketIsWokenWhenItHasTakenSome() {
        outgoing.add(receipt(40_000));
        outgoing.add(receipt(40_000));
        outgoing.flush();
        assertThat(outgoing.busy()).isTrue();

        take();

        assertThat(mailbox.poll()).isNotNull();
        assertThat(outgoing.busy()).isFalse();
        take();
        assertThat(mailbox.poll()).isNull();
    }

    /// The socket takes what was written first.
    private void take() {
        requireNonNull(writes.poll()).run();
    }

    private static WireFrame receipt(int size) {
        return new ServerFrame.Receipt("x".repeat(size), Map.of()).encode(Version.V1_2);
    }

    private final class Socket implements ClientChannel {

        @Override
        public Arrival arrival() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(List<OutgoingFrame> frames, Runnable done) {
            writes.add(done);
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public void close(int webSocketCode, String reason) {}
    }
}
