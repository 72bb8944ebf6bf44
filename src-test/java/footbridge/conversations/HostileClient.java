package footbridge.conversations;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import footbridge.testbed.GatewayProcess;
import footbridge.testbed.RawWebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A broken or hostile client over the wire: writes its [Attack], reads or does not, and leaves in
/// one way or another. Nothing that the gateway does to it is a fault.
final class HostileClient implements Runnable {

    private static final int READ_TIMEOUT_MS = 2_000;
    private static final long DRIBBLE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final GatewayProcess gateway;
    private final SplittableRandom random;
    private final Attack attack;

    HostileClient(GatewayProcess gateway, SplittableRandom random) {
        this.gateway = gateway;
        this.random = random;
        this.attack = Attack.of(random);
    }

    @Override
    public void run() {
        try {
            switch (random.nextInt(6)) {
                case 0, 1 -> overTcp();
                case 2 -> overWebSocket(RawWebSocket.FIN | RawWebSocket.TEXT);
                case 3 -> overWebSocket(RawWebSocket.FIN | RawWebSocket.BINARY);
                case 4 -> overBrokenWebSocket();
                default -> overNoHttp();
            }
        } catch (IOException refused) {
            // The gateway has hung up on it, as it should; the vitals tell the rest.
        }
    }

    private void overTcp() throws IOException {
        try (var socket = new Socket("localhost", gateway.tcpPort())) {
            socket.setSoTimeout(READ_TIMEOUT_MS);
            for (byte[] write : attack.writes()) {
                socket.getOutputStream().write(write);
                dribble();
            }
            leave(socket);
        }
    }

    private void leave(Socket socket) throws IOException {
        switch (random.nextInt(4)) {
            case 0 -> socket.setSoLinger(true, 0);
            case 1 -> {
                socket.shutdownOutput();
                drain(socket);
            }
            case 2 -> socket.getInputStream().read();
            default -> socket.close();
        }
    }

    private static void drain(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] octets = new byte[4096];
        int read = 0;
        while (read >= 0) {
            read = in.read(octets);
        }
    }

    private void overWebSocket(int head) throws IOException {
        try (var socket = RawWebSocket.open(gateway.webSocket())) {
            for (byte[] write : attack.writes()) {
                socket.send(head, write);
                dribble();
            }
            if (random.nextBoolean()) {
                socket.send(RawWebSocket.FIN | RawWebSocket.CLOSE, new byte[0]);
            }
        }
    }

    /// Opcodes, lengths and masks at random.
    private void overBrokenWebSocket() throws IOException {
        try (var socket = RawWebSocket.open(gateway.webSocket())) {
            for (byte[] write : attack.writes()) {
                switch (random.nextInt(3)) {
                    case 0 -> socket.send(random.nextInt(256), write);
                    case 1 -> socket.sendUnmasked(random.nextInt(256), write);
                    default -> socket.sendOctets(write);
                }
            }
        }
    }

    /// At the HTTP port, where something else is spoken.
    private void overNoHttp() throws IOException {
        try (var socket = new Socket("localhost", gateway.httpPort())) {
            if (random.nextBoolean()) {
                socket.getOutputStream()
                        .write("GET /stomp HTTP/1.1\r\nUpgrade: ".getBytes(ISO_8859_1));
            }
            for (byte[] write : attack.writes()) {
                socket.getOutputStream().write(write);
            }
        } catch (SocketException reset) {
            throw new IOException(reset);
        }
    }

    private void dribble() {
        if (attack.vice() == Attack.Vice.DRIBBLING) {
            LockSupport.parkNanos(DRIBBLE_NANOS);
        }
    }
}
