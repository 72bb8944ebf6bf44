package footbridge.transport;

import footbridge.connection.OutgoingFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.List;

/// Frames as Netty sees them. Small frames are copied together, since that costs less than handing
/// the kernel many pieces; larger ones stay in pieces that their other subscribers share.
final class FrameBuffers {

    private static final int COPY_UP_TO = 4 * 1024;

    private FrameBuffers() {}

    static ByteBuf of(OutgoingFrame frame, ByteBufAllocator allocator) {
        if (frame.size() <= COPY_UP_TO) {
            ByteBuf buffer = allocator.ioBuffer(frame.size());
            copy(frame, buffer);
            return buffer;
        }
        ByteBuffer[] parts = new ByteBuffer[frame.parts()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = frame.part(i);
        }
        return Unpooled.wrappedBuffer(parts);
    }

    /// Copies all frames into one buffer, if they are small together.
    static List<ByteBuf> of(List<OutgoingFrame> frames, ByteBufAllocator allocator) {
        int size = frames.stream().mapToInt(OutgoingFrame::size).sum();
        if (size > COPY_UP_TO * Math.max(1, frames.size())) {
            return frames.stream().map(frame -> of(frame, allocator)).toList();
        }
        ByteBuf buffer = allocator.ioBuffer(size);
        frames.forEach(frame -> copy(frame, buffer));
        return List.of(buffer);
    }

    private static void copy(OutgoingFrame frame, ByteBuf buffer) {
        int start = buffer.writerIndex();
        frame.copyTo(buffer.internalNioBuffer(start, frame.size()));
        buffer.writerIndex(start + frame.size());
    }
}
