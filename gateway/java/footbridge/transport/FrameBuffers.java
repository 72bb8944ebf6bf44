package footbridge.transport;

import footbridge.connection.OutgoingFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Frames as a socket takes them: written once, one behind the other, into one buffer of the kind
/// that the kernel reads. Only large bodies are left where they are.
final class FrameBuffers {

    /// A body up to this length costs less to copy than to hand over by itself.
    private static final int COPY_UP_TO = 4 * 1024;

    private final List<OutgoingFrame> frames;
    private final Framing framing;

    private FrameBuffers(List<OutgoingFrame> frames, Framing framing) {
        this.frames = frames;
        this.framing = framing;
    }

    /// What the transport puts before each frame.
    interface Framing {

        /// Nothing.
        Framing NONE =
                new Framing() {
                    @Override
                    public int length(int size) {
                        return 0;
                    }

                    @Override
                    public void write(OutgoingFrame frame, ByteBuf target) {}
                };

        /// Octets before a frame of `size` octets.
        int length(int size);

        void write(OutgoingFrame frame, ByteBuf target);
    }

    /// @param frames one at least
    /// @return buffers to be written in this order, each with a reference of the caller's own
    static List<ByteBuf> of(
            List<OutgoingFrame> frames, Framing framing, ByteBufAllocator allocator) {
        var buffers = new FrameBuffers(frames, framing);
        return buffers.written(allocator.ioBuffer(buffers.copied()));
    }

    /// How many octets go into the buffer.
    private int copied() {
        int copied = 0;
        for (OutgoingFrame frame : frames) {
            int size = frame.size();
            int body = frame.body().remaining();
            int apart = body > COPY_UP_TO ? body : 0;
            copied = Math.addExact(copied, framing.length(size) + size - apart);
        }
        return copied;
    }

    private List<ByteBuf> written(ByteBuf buffer) {
        List<ByteBuf> buffers = new ArrayList<>(1);
        for (OutgoingFrame frame : frames) {
            framing.write(frame, buffer);
            ByteBuffer body = frame.body();
            if (body.remaining() > COPY_UP_TO) {
                write(frame, frame.size() - body.remaining() - 1, buffer, OutgoingFrame::writeHead);
                buffers.add(buffer.readRetainedSlice(buffer.readableBytes()));
                buffers.add(Unpooled.wrappedBuffer(body));
                buffer.writeByte(0);
            } else {
                write(frame, frame.size(), buffer, OutgoingFrame::writeTo);
            }
        }
        buffers.add(buffer);
        return buffers;
    }

    private interface Part {
        void write(OutgoingFrame frame, ByteBuffer target);
    }

    private static void write(OutgoingFrame frame, int length, ByteBuf buffer, Part part) {
        int start = buffer.writerIndex();
        part.write(frame, buffer.internalNioBuffer(start, length));
        buffer.writerIndex(start + length);
    }
}
