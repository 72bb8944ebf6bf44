package footbridge.transport;

import footbridge.connection.Connections;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.CompletionException;

/// STOMP over plain TCP, served by as many event loops as the machine has cores.
public final class TcpTransport {

    private final Vertx vertx;
    private final Connections connections;
    private volatile String deployment = "";

    public TcpTransport(Vertx vertx, Connections connections) {
        this.vertx = vertx;
        this.connections = connections;
    }

    /// The address is taken, or not ours to take.
    public static final class CannotListen extends Exception {

        private static final long serialVersionUID = 1L;

        CannotListen(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    /// Returns when clients can connect. Not for an event loop.
    public void listen(String host, int port) throws CannotListen {
        var options =
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        try {
            deployment =
                    vertx.deployVerticle(() -> new Listener(host, port), options)
                            .toCompletionStage()
                            .toCompletableFuture()
                            .join();
        } catch (CompletionException e) {
            throw new CannotListen(e.getCause() == null ? e : e.getCause());
        }
    }

    /// Takes no more clients, and ends those that are still there.
    public void close() {
        if (!deployment.isEmpty()) {
            vertx.undeploy(deployment);
        }
    }

    private void serve(NetSocket socket) {
        var channel = new TcpChannel(socket);
        channel.serve(connections.open(channel));
        socket.handler(channel::received);
        socket.closeHandler(_ -> channel.gone());
        // A socket error is followed by its close; there is nobody left to tell more.
        socket.exceptionHandler(_ -> {});
    }

    private final class Listener extends AbstractVerticle {
        private final String host;
        private final int port;

        Listener(String host, int port) {
            this.host = host;
            this.port = port;
        }

        @Override
        public void start(Promise<Void> started) {
            vertx.createNetServer(new NetServerOptions().setTcpNoDelay(true))
                    .connectHandler(TcpTransport.this::serve)
                    .listen(port, host)
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }
}
