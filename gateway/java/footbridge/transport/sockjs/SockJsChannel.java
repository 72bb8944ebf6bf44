package footbridge.transport.sockjs;

import static java.nio.charset.StandardCharsets.UTF_8;

import footbridge.connection.Arrival;
import footbridge.connection.ClientChannel;
import footbridge.connection.Connection;
import footbridge.connection.OutgoingFrame;
import footbridge.transport.FirstOctets;
import footbridge.transport.Inflow;
import footbridge.transport.RequestDeadline;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A client behind a SockJS session. One STOMP frame is one SockJS string; what the client has not
/// fetched yet counts as not written, and so holds up what follows.
///
/// All but [#inbox] is confined to the session's event loop.
final class SockJsChannel implements ClientChannel {

    private final SockJSSocket socket;
    private final ContextInternal context;
    private final Arrival arrival;
    private final long lingerMillis;
    private final Optional<ChannelHandlerContext> webSocket;
    private final Inflow inflow = new Inflow();
    private final SockJsInbox inbox = new SockJsInbox();
    private @Nullable FirstOctets guard;
    private int unwritten;
    private boolean closing;
    private boolean closed;

    /// @param context the event loop on which the session hands over what has come in
    /// @param lingerMillis how long the last frame waits for a client that is between two requests
    /// @param webSocket the socket beneath, where one and the same carries the whole session
    SockJsChannel(
            SockJSSocket socket,
            ContextInternal context,
            Arrival arrival,
            long lingerMillis,
            Optional<ChannelHandlerContext> webSocket) {
        this.socket = socket;
        this.context = context;
        this.arrival = arrival;
        this.lingerMillis = lingerMillis;
        this.webSocket = webSocket;
    }

    /// @param beforeConnected octets that the client may send before it is connected
    void serve(Connection served, int beforeConnected) {
        inflow.into(served);
        webSocket.ifPresent(beneath -> {
            SockJsFrames.check(beneath);
            guard = FirstOctets.of(beneath, beforeConnected, served::tooMuchBeforeConnected);
            RequestDeadline.of(beneath.channel()).ifPresent(RequestDeadline::begin);
        });
    }

    /// Where the session's POSTs wait for their turn.
    SockJsInbox inbox() {
        return inbox;
    }

    void received(Buffer buffer) {
        inflow.received(buffer);
    }

    void gone() {
        closed = true;
        inbox.open();
        inflow.gone();
    }

    @Override
    public Arrival arrival() {
        return arrival;
    }

    @Override
    public boolean carriesBinary() {
        return false;
    }

    @Override
    public void connected() {
        inbox.connected();
        webSocket.ifPresent(beneath -> beneath.executor().execute(() -> lift(beneath)));
    }

    private void lift(ChannelHandlerContext beneath) {
        if (guard != null) {
            guard.lift(beneath);
        }
    }

    @Override
    public void write(List<OutgoingFrame> frames, Runnable done) {
        context.runOnContext(_ -> writeNow(frames, done));
    }

    private void writeNow(List<OutgoingFrame> frames, Runnable done) {
        if (closed) {
            done.run();
            return;
        }
        unwritten++;
        int last = frames.size() - 1;
        for (int i = 0; i < last; i++) {
            var _ = socket.write(text(frames.get(i)));
        }
        socket.write(text(frames.get(last))).onComplete(_ -> written(done));
    }

    private static String text(OutgoingFrame frame) {
        ByteBuffer octets = ByteBuffer.allocate(frame.size());
        frame.writeTo(octets);
        return new String(octets.array(), UTF_8);
    }

    private void written(Runnable done) {
        unwritten--;
        done.run();
        if (closing && unwritten == 0) {
            closeNow();
        }
    }

    /// Not at once where the event loop itself asks: a [#resume] before it may still wait its turn,
    /// and would undo it.
    @Override
    public void pause() {
        context.runOnContext(_ -> {
            inbox.shut();
            socket.pause();
            autoRead(false);
        });
    }

    @Override
    public void resume() {
        context.runOnContext(_ -> {
            autoRead(true);
            socket.resume();
            inbox.open();
        });
    }

    private void autoRead(boolean on) {
        webSocket.ifPresent(beneath -> beneath.channel().config().setAutoRead(on));
    }

    /// J6, J12: what is queued goes out before the client is told that the session is over. SockJS
    /// says so in words of its own: `c[3000,"Go away!"]`.
    @Override
    public void close(int webSocketCode, String reason) {
        context.runOnContext(_ -> {
            closing = true;
            inflow.stop();
            autoRead(true);
            socket.resume();
            inbox.open();
            if (unwritten == 0) {
                closeNow();
            } else {
                context.setTimer(lingerMillis, _ -> closeNow());
            }
        });
    }

    private void closeNow() {
        if (!closed) {
            closed = true;
            socket.close();
        }
    }
}
