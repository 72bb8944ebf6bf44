package footbridge.connection;

import footbridge.session.Authorization;
import footbridge.stomp.ClientFrame;
import footbridge.stomp.Frame;
import footbridge.stomp.FrameDecoder;
import footbridge.stomp.ProtocolViolation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// What comes from one client: octets in, frames into the mailbox, at a pace that the gateway and
/// its limits allow. Confined to the client's event loop, [#roomInMailbox] and [#lastHeard] aside.
final class Intake {

    /// Takes the frames, on the connection's thread.
    interface Listener {

        /// @param authorization what the frame says of its sender's identity
        void frame(ClientFrame frame, Optional<String> authorization);

        /// The octets are no STOMP; nothing more will come.
        void violated(ProtocolViolation violation);

        /// More frames have come than may; nothing more will come.
        void tooManyFrames();
    }

    private final Listener listener;
    private final Mailbox mailbox;
    private final Reading reading;
    private final FrameDecoder decoder;
    private final FrameLimit limit;
    private final FrameRate rate;
    private final ScheduledExecutorService timers;
    private final List<Frame> decoded = new ArrayList<>();
    private boolean over;

    Intake(
            ConnectionSettings settings,
            ClientChannel channel,
            Mailbox mailbox,
            ScheduledExecutorService timers,
            Listener listener) {
        this.listener = listener;
        this.mailbox = mailbox;
        this.timers = timers;
        this.reading = new Reading(channel);
        this.decoder = new FrameDecoder(settings.decoder());
        this.limit = settings.frames();
        this.rate = new FrameRate(Math.max(1, limit.perSecond()), System.nanoTime());
    }

    /// @param octets kept: the caller never writes to the array again
    void received(byte[] octets, int offset, int length) {
        reading.heard();
        if (over) {
            return;
        }
        try {
            decoder.decode(octets, offset, length, decoded::add);
            takeDecoded();
        } catch (ProtocolViolation violation) {
            end(violation);
        }
    }

    /// The transport has had to stop within a frame that is too long for a client that is not
    /// connected.
    void tooMuchBeforeConnected() {
        if (!over) {
            end(FrameDecoder.tooMuchBeforeConnected());
        }
    }

    private void end(ProtocolViolation violation) {
        over = true;
        try {
            takeDecoded();
            mailbox.frame(() -> listener.violated(violation), 0);
        } catch (ProtocolViolation earlier) {
            mailbox.frame(() -> listener.violated(earlier), 0);
        }
    }

    private void takeDecoded() throws ProtocolViolation {
        int frames = decoded.size();
        try {
            for (Frame frame : decoded) {
                ClientFrame clientFrame = ClientFrame.of(frame, decoder.version());
                Optional<String> authorization = Authorization.in(frame.headers());
                take(() -> listener.frame(clientFrame, authorization), frame.body().remaining());
            }
        } finally {
            decoded.clear();
        }
        if (limit.perSecond() > 0 && frames > 0) {
            keepPace(rate.ahead(frames, System.nanoTime()));
        }
    }

    private void take(Runnable work, int bytes) {
        if (mailbox.frame(work, bytes)) {
            reading.stop();
        }
    }

    private void keepPace(long nanosAhead) {
        if (nanosAhead == 0 || over) {
            return;
        }
        if (limit.excess() == FrameLimit.Excess.REFUSE) {
            over = true;
            mailbox.frame(listener::tooManyFrames, 0);
            return;
        }
        reading.stop();
        var _ = timers.schedule(() -> reading.go(), nanosAhead, TimeUnit.NANOSECONDS);
    }

    /// The client has been told CONNECTED. The connection's thread.
    void connected() {
        decoder.connected();
    }

    /// The mailbox, full before, has room again. The connection's thread.
    void roomInMailbox() {
        reading.go();
    }

    /// When the client was last heard, by [System#nanoTime]; now, if it is not read from.
    long lastHeard() {
        return reading.lastHeard();
    }
}
