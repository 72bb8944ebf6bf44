package footbridge.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;

/// A STOMP client over TCP that costs as little as it can: it writes what it is given and looks at
/// no more of a frame than it needs. For bodies without NUL octets. Confined to one thread, closing
/// aside.
final class BenchClient implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private byte[] frame = new byte[4096];
    private int length;

    BenchClient(int port) throws IOException {
        socket = new Socket("localhost", port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        write("CONNECT\naccept-version:1.2\nhost:localhost\n\n\0");
        expect("CONNECTED");
    }

    /// Writes a frame, which goes out with the next [#read] that has to wait, or with [#flush].
    void write(String text) throws IOException {
        out.write(text.getBytes(US_ASCII));
    }

    void flush() throws IOException {
        out.flush();
    }

    /// Reads the next frame.
    ///
    /// @throws IOException also where it is an ERROR
    void read() throws IOException {
        length = 0;
        int octet = next();
        while (octet == '\n') {
            octet = next();
        }
        while (octet > 0) {
            if (length == frame.length) {
                frame = Arrays.copyOf(frame, 2 * length);
            }
            frame[length++] = (byte) octet;
            octet = next();
        }
        if (startsWith("ERROR")) {
            throw new IOException(new String(frame, 0, length, US_ASCII));
        }
    }

    private int next() throws IOException {
        if (in.available() == 0) {
            out.flush();
        }
        int octet = in.read();
        if (octet < 0) {
            throw new IOException("closed");
        }
        return octet;
    }

    void expect(String command) throws IOException {
        read();
        if (!startsWith(command)) {
            throw new IOException("expected " + command);
        }
    }

    boolean startsWith(String command) {
        for (int i = 0; i < command.length(); i++) {
            if (i >= length || frame[i] != command.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// The value of a header of the frame just read; empty if there is none.
    String header(String name) {
        String head = new String(frame, 0, length, US_ASCII);
        int at = head.indexOf("\n" + name + ":");
        return at < 0 ? "" : head.substring(at + name.length() + 2, head.indexOf('\n', at + 1));
    }

    void subscribe(String destination, String ack) throws IOException {
        write(
                "SUBSCRIBE\nid:0\ndestination:%s\nack:%s\nreceipt:s\n\n\0"
                        .formatted(destination, ack));
        expect("RECEIPT");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
