package footbridge.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A line to a broker whose answers can be held back: requests pass, answers wait.
public final class HeldLine implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(HeldLine.class.getName());

    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private boolean held;

    public HeldLine() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    int port() {
        return listener.getLocalPort();
    }

    void leadTo(int port) {
        Thread.ofVirtual().start(() -> accept(port));
    }

    public void hold() {
        synchronized (lock) {
            held = true;
        }
    }

    public void release() {
        synchronized (lock) {
            held = false;
            lock.notifyAll();
        }
    }

    @Override
    public void close() throws IOException {
        release();
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept(int port) {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket broker = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.add(client);
                sockets.add(broker);
                Thread.ofVirtual().start(() -> pass(client, broker, false));
                Thread.ofVirtual().start(() -> pass(broker, client, true));
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "line closed reason={0}", e.getMessage());
        }
    }

    private void pass(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[64 * 1024];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (answers) {
                    awaitRelease();
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException | InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, "line ended reason={0}", e.getMessage());
        }
    }

    private void awaitRelease() throws InterruptedException {
        synchronized (lock) {
            while (held) {
                lock.wait();
            }
        }
    }
}
