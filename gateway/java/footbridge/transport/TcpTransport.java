package footbridge.transport;

import footbridge.connection.Connections;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SSLOptions;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

/// STOMP over TCP, plain or with TLS, served by as many event loops as the machine has cores.
public final class TcpTransport {

    private final Vertx vertx;
    private final Connections connections;
    private final Arrivals arrivals;
    private final List<NetServer> servers = new CopyOnWriteArrayList<>();
    private volatile String deployment = "";

    public TcpTransport(Vertx vertx, Connections connections, Arrivals arrivals) {
        this.vertx = vertx;
        this.connections = connections;
        this.arrivals = arrivals;
    }

    /// The address is taken, or not ours to take; or the certificate cannot be used.
    public static final class CannotListen extends Exception {

        private static final long serialVersionUID = 1L;

        CannotListen(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    /// Returns when clients can connect. Not for an event loop.
    ///
    /// @param options with host and port, and with TLS if it is wanted
    public void listen(NetServerOptions options) throws CannotListen {
        var everyCore =
                new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
        try {
            deployment =
                    vertx.deployVerticle(() -> new Listener(options), everyCore)
                            .toCompletionStage()
                            .toCompletableFuture()
                            .join();
        } catch (CompletionException e) {
            throw new CannotListen(e.getCause() == null ? e : e.getCause());
        }
    }

    /// Uses these certificates for whoever connects from now on.
    public Future<Boolean> renew(SSLOptions certificates) {
        // The servers of one address share what they listen on: one speaks for all.
        return servers.isEmpty()
                ? Future.succeededFuture(false)
                : servers.getFirst().updateSSLOptions(certificates);
    }

    /// Takes no more clients, and ends those that are still there.
    public void close() {
        if (!deployment.isEmpty()) {
            vertx.undeploy(deployment);
        }
    }

    private void serve(NetSocket socket) {
        var channel = new TcpChannel(socket, arrivals.of(socket));
        channel.serve(connections.open(channel));
        socket.handler(channel::received);
        socket.closeHandler(_ -> channel.gone());
        // A socket error is followed by its close; there is nobody left to tell more.
        socket.exceptionHandler(_ -> {});
    }

    private final class Listener extends AbstractVerticle {
        private final NetServerOptions options;

        Listener(NetServerOptions options) {
            this.options = new NetServerOptions(options).setTcpNoDelay(true);
        }

        @Override
        public void start(Promise<Void> started) {
            NetServer server =
                    vertx.createNetServer(options)
                            .connectHandler(TcpTransport.this::serve)
                            // A failed handshake concerns only the client that failed.
                            .exceptionHandler(_ -> {});
            servers.add(server);
            server.listen().<Void>mapEmpty().onComplete(started);
        }
    }
}
