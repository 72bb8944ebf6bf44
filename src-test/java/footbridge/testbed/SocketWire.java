package footbridge.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.OptionalInt;

/// STOMP over TCP, with a thread that reads.
final class SocketWire implements StompClient.Wire {

    private static final int READ_SIZE = 16 * 1024;
    private static final int RESET_ON_CLOSE = 0;

    private final Socket socket;

    private SocketWire(Socket socket) {
        this.socket = socket;
    }

    static SocketWire open(Socket socket, StompClient.Inlet inlet) throws IOException {
        socket.setTcpNoDelay(true);
        InputStream in = socket.getInputStream();
        Thread.ofVirtual().name("stomp-client").start(() -> read(in, inlet));
        return new SocketWire(socket);
    }

    private static void read(InputStream in, StompClient.Inlet inlet) {
        byte[] octets = new byte[READ_SIZE];
        try {
            for (int count = in.read(octets); count >= 0; count = in.read(octets)) {
                inlet.received(ByteBuffer.wrap(octets, 0, count));
            }
            inlet.ended(OptionalInt.empty(), "end of stream");
        } catch (IOException e) {
            inlet.ended(OptionalInt.empty(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void send(byte[] octets) throws IOException {
        socket.getOutputStream().write(octets);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException gone) {
            // Nothing is left to close.
        }
    }

    @Override
    public void abort() {
        try {
            socket.setSoLinger(true, RESET_ON_CLOSE);
        } catch (IOException gone) {
            // Nothing is left to reset.
        }
        close();
    }

    @Override
    public String subProtocol() {
        return "";
    }
}
