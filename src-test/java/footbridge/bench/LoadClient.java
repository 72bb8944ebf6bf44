package footbridge.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A STOMP client over WebSocket that costs as little as it can: it looks at no more of a frame
/// than it needs and writes what was made before. For bodies without NUL octets. Confined to the
/// event loop of its [LoadLoop].
final class LoadClient extends ChannelInboundHandlerAdapter {

    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(US_ASCII);
    private static final int WRAPPED_FROM = 4 * 1024;

    /// Takes frames; told on the event loop.
    interface Listener {

        /// A MESSAGE or a RECEIPT that nobody else waited for.
        void frame(LoadClient client, ByteBuf octets, int from, int to);
    }

    private final Server server;
    private final CompletableFuture<LoadClient> connected = new CompletableFuture<>();
    private final Failure failure;
    private Listener listener = (_, _, _, _) -> {};
    private @Nullable ChannelHandlerContext context;
    private @Nullable CompletableFuture<LoadClient> subscribed;
    private @Nullable LoadClient partner;
    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    private ByteBuf fragments = Unpooled.EMPTY_BUFFER;
    private ByteBuf out = Unpooled.EMPTY_BUFFER;
    private boolean upgraded;
    private boolean closing;

    /// Where clients tell what went wrong; the first word counts.
    interface Failure {
        void failed(String why);
    }

    LoadClient(Server server, Failure failure) {
        this.server = server;
        this.failure = failure;
    }

    /// Done when the client is CONNECTED.
    CompletableFuture<LoadClient> connected() {
        return connected;
    }

    void listen(Listener next) {
        listener = next;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        URI uri = server.webSocket();
        String request =
                "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: v12.stomp\r\n\r\n"
                        .formatted(uri.getPath(), uri.getPort());
        var _ =
                active.writeAndFlush(
                        Unpooled.copiedBuffer(request, US_ASCII), active.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext active, Object message) {
        ByteBuf read = (ByteBuf) message;
        if (in.isReadable()) {
            in.writeBytes(read);
            read.release();
        } else {
            in.release();
            in = read;
        }
        if (upgraded || upgrade()) {
            while (message()) {}
        }
        keepTheRest();
    }

    /// What is read next is appended, which the socket's own buffer has no room for.
    private void keepTheRest() {
        if (in.isReadable()) {
            ByteBuf rest = allocator().buffer(Math.max(4096, 2 * in.readableBytes()));
            rest.writeBytes(in);
            in.release();
            in = rest;
        } else {
            in.release();
            in = Unpooled.EMPTY_BUFFER;
        }
    }

    private boolean upgrade() {
        int end = ByteBufUtil.indexOf(Unpooled.wrappedBuffer(END_OF_HEAD), in);
        if (end < 0) {
            return false;
        }
        String head = in.toString(in.readerIndex(), end - in.readerIndex(), US_ASCII);
        in.readerIndex(end + END_OF_HEAD.length);
        if (!head.startsWith("HTTP/1.1 101")) {
            fail("no WebSocket: " + head.lines().findFirst().orElse(""));
            return false;
        }
        upgraded = true;
        send(
                LoadFrame.of(
                        "CONNECT\naccept-version:1.2\nhost:%s\nheart-beat:0,0\n%s\n\0"
                                .formatted(server.host(), server.login())));
        flush();
        return true;
    }

    /// Takes one WebSocket message or a fragment of one, if it is there as a whole.
    private boolean message() {
        int available = in.readableBytes();
        int start = in.readerIndex();
        if (available < 2) {
            return false;
        }
        int length = in.getByte(start + 1) & 0x7f;
        int head = 2;
        if (length == 126 && available >= 4) {
            length = in.getUnsignedShort(start + 2);
            head = 4;
        } else if (length == 127 && available >= 10) {
            length = (int) in.getLong(start + 2);
            head = 10;
        } else if (length >= 126) {
            return false;
        }
        if (available < head + length) {
            return false;
        }
        payload(in.getByte(start), start + head, start + head + length);
        in.readerIndex(start + head + length);
        return true;
    }

    private void payload(byte kind, int from, int to) {
        int code = kind & 0x0f;
        if (code > 2) {
            if (code == 8) {
                fail("closed by the server");
            }
            return;
        }
        boolean last = kind < 0;
        if (last && !fragments.isReadable()) {
            frames(in, from, to);
            return;
        }
        if (!fragments.isReadable()) {
            fragments = allocator().buffer();
        }
        fragments.writeBytes(in, from, to - from);
        if (last) {
            frames(fragments, fragments.readerIndex(), fragments.writerIndex());
            fragments.release();
            fragments = Unpooled.EMPTY_BUFFER;
        }
    }

    private void frames(ByteBuf octets, int start, int to) {
        int from = start;
        while (from < to) {
            byte first = octets.getByte(from);
            if (first == '\n' || first == '\r') {
                from++;
                continue;
            }
            int end = octets.indexOf(from, to, (byte) 0);
            if (end < 0) {
                fail("half a frame in a message");
                return;
            }
            frame(octets, from, end);
            from = end + 1;
        }
    }

    private void frame(ByteBuf octets, int from, int to) {
        CompletableFuture<LoadClient> waiting = subscribed;
        switch (octets.getByte(from)) {
            case 'C' -> connected.complete(this);
            case 'E' -> fail(octets.toString(from, to - from, US_ASCII));
            case 'R' -> {
                if (waiting == null) {
                    listener.frame(this, octets, from, to);
                } else {
                    subscribed = null;
                    waiting.complete(this);
                }
            }
            default -> listener.frame(this, octets, from, to);
        }
    }

    /// Subscribes; done when the RECEIPT is there. Any thread.
    CompletableFuture<LoadClient> subscribe(String destination, String ack) {
        CompletableFuture<LoadClient> done = new CompletableFuture<>();
        inLoop(() -> {
            subscribed = done;
            send(
                    LoadFrame.of(
                            "SUBSCRIBE\nid:0\ndestination:%s\nack:%s\nreceipt:s\n%s\n\0"
                                    .formatted(destination, ack, server.prefetch(ack))));
            flush();
        });
        return done;
    }

    /// Has `work` run on the client's event loop.
    void inLoop(Runnable work) {
        Objects.requireNonNull(context).executor().execute(work);
    }

    /// Writes a frame, which goes out when all that was read is done with, or with [#flush].
    void send(LoadFrame frame) {
        byte[] octets = frame.octets();
        if (octets.length < WRAPPED_FROM) {
            buffer(octets.length).writeBytes(octets);
        } else {
            write();
            var _ = context().write(Unpooled.wrappedBuffer(octets), context().voidPromise());
        }
    }

    /// As [#send], with a stamp at the beginning of the body, which has `size` octets.
    void send(LoadFrame frame, int size, long number) {
        byte[] octets = frame.octets();
        ByteBuf buffer = buffer(octets.length);
        int start = buffer.writerIndex();
        buffer.writeBytes(octets);
        Stamp.write(buffer, start + frame.bodyStart(size), number, System.nanoTime());
    }

    private ByteBuf buffer(int more) {
        if (out.capacity() == 0) {
            out = allocator().directBuffer(Math.max(16 * 1024, more));
        }
        return out;
    }

    private ByteBufAllocator allocator() {
        return context().alloc();
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }

    private void write() {
        if (out.isReadable()) {
            var _ = context().write(out, context().voidPromise());
            out = Unpooled.EMPTY_BUFFER;
        }
    }

    void flush() {
        write();
        context().flush();
    }

    /// What `other` has to write goes out when this client has read what there was.
    void flushes(LoadClient other) {
        partner = other;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext active) {
        flush();
        if (partner != null) {
            partner.flush();
        }
    }

    /// Reads nothing more, whatever becomes of that. Any thread.
    void stopReading() {
        inLoop(() -> {
            closing = true;
            context().channel().config().setAutoRead(false);
        });
    }

    /// Any thread.
    void close() {
        inLoop(() -> {
            closing = true;
            var _ = context().close();
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        fail("the server has ended the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext broken, Throwable cause) {
        fail(cause.toString());
        var _ = broken.close();
    }

    void fail(String why) {
        if (closing) {
            return;
        }
        failure.failed(why);
        connected.completeExceptionally(new IOException(why));
        CompletableFuture<LoadClient> waiting = subscribed;
        if (waiting != null) {
            waiting.completeExceptionally(new IOException(why));
        }
    }
}
