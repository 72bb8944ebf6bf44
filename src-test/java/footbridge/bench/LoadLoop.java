package footbridge.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The one thread on which all clients of a measurement live, and those clients.
final class LoadLoop implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 60;

    /// Connections under way at once: fewer than a server's accept queue holds.
    private static final int BATCH = 50;

    private final NioEventLoopGroup group = new NioEventLoopGroup(1);
    private final Server server;
    private final List<LoadClient> clients = new ArrayList<>();
    private volatile String failure = "";

    LoadLoop(Server server) {
        this.server = server;
    }

    Server server() {
        return server;
    }

    /// Returns when the client is CONNECTED.
    LoadClient connect() throws IOException, InterruptedException {
        return connect(1).getFirst();
    }

    /// Returns when all are CONNECTED.
    List<LoadClient> connect(int count) throws IOException, InterruptedException {
        List<LoadClient> all = new ArrayList<>(count);
        while (all.size() < count) {
            List<CompletableFuture<LoadClient>> batch = new ArrayList<>();
            for (int i = Math.min(BATCH, count - all.size()); i > 0; i--) {
                batch.add(open());
            }
            all.addAll(await(batch));
        }
        clients.addAll(all);
        return all;
    }

    /// As [#connect], with a subscription each.
    List<LoadClient> subscribe(int count, String destination, String ack)
            throws IOException, InterruptedException {
        List<LoadClient> all = connect(count);
        for (int i = 0; i < count; i += BATCH) {
            await(
                    all.subList(i, Math.min(count, i + BATCH)).stream()
                            .map(client -> client.subscribe(destination, ack))
                            .toList());
        }
        return all;
    }

    private CompletableFuture<LoadClient> open() {
        var client = new LoadClient(server, this::failed);
        ChannelFuture connecting =
                new Bootstrap()
                        .group(group)
                        .channel(NioSocketChannel.class)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .handler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel channel) {
                                        channel.pipeline().addLast(client);
                                    }
                                })
                        .connect("127.0.0.1", server.webSocket().getPort());
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                client.fail(String.valueOf(done.cause()));
            }
        });
        return client.connected();
    }

    private void failed(String why) {
        if (failure.isEmpty()) {
            failure = why;
        }
    }

    private <T> List<T> await(List<CompletableFuture<T>> futures)
            throws IOException, InterruptedException {
        List<T> done = new ArrayList<>(futures.size());
        for (CompletableFuture<T> future : futures) {
            done.add(await(future));
        }
        return done;
    }

    private <T> T await(CompletableFuture<T> future) throws IOException, InterruptedException {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(failure.isEmpty() ? e.toString() : failure, e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within %d s".formatted(PATIENCE_SECONDS), e);
        }
    }

    /// Asks something of the thread that all clients live on.
    <T> T ask(Callable<T> question) throws IOException, InterruptedException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        group.next()
                .execute(() -> {
                    try {
                        answer.complete(question.call());
                    } catch (Exception e) {
                        answer.completeExceptionally(e);
                    }
                });
        return await(answer);
    }

    /// Has `work` run every so often, until this ends.
    void every(long nanos, Runnable work) {
        var _ = group.next().scheduleAtFixedRate(work, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    /// @throws IOException if anything has gone wrong with any client
    void check() throws IOException {
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
    }

    @Override
    public void close() {
        clients.forEach(LoadClient::close);
        var _ = group.shutdownGracefully(50, 2_000, TimeUnit.MILLISECONDS);
        group.terminationFuture().awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
