package footbridge.bench;

import footbridge.testbed.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A RabbitMQ of the system's package with its Web-STOMP plugin, with data in a folder of its own.
final class RabbitMq implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");
    private static final int START_SECONDS = 60;

    private final Process process;
    private final int port;

    private RabbitMq(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static RabbitMq start(Path folder) throws IOException, Peers.NotHere {
        if (!Files.isExecutable(PROGRAM)) {
            throw new Peers.NotHere("rabbitmq-server is not installed");
        }
        Files.createDirectories(folder);
        int port = FreePort.find();
        Path configuration = folder.resolve("rabbitmq.conf");
        Files.writeString(
                configuration,
                """
                listeners.tcp.1 = 127.0.0.1:%d
                stomp.listeners.tcp.1 = 127.0.0.1:%d
                web_stomp.tcp.ip = 127.0.0.1
                web_stomp.tcp.port = %d
                log.console = true
                """
                        .formatted(FreePort.find(), FreePort.find(), port));
        Path plugins = folder.resolve("enabled_plugins");
        Files.writeString(plugins, "[rabbitmq_web_stomp].\n");
        var builder = new ProcessBuilder(PROGRAM.toString());
        var environment = builder.environment();
        environment.put("RABBITMQ_NODENAME", "bench-%d@localhost".formatted(port));
        environment.put("RABBITMQ_DIST_PORT", Integer.toString(FreePort.find()));
        environment.put("RABBITMQ_MNESIA_BASE", folder.resolve("mnesia").toString());
        environment.put("RABBITMQ_LOG_BASE", folder.resolve("log").toString());
        environment.put("RABBITMQ_CONFIG_FILE", configuration.toString());
        environment.put("RABBITMQ_ENABLED_PLUGINS_FILE", plugins.toString());
        environment.put("HOME", folder.toString());
        Process process =
                builder.redirectErrorStream(true)
                        .redirectOutput(folder.resolve("rabbitmq.log").toFile())
                        .start();
        var started = new RabbitMq(process, port);
        started.awaitReady(folder.resolve("rabbitmq.log"));
        return started;
    }

    private void awaitReady(Path log) throws IOException, Peers.NotHere {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!Files.readString(log).contains("Server startup complete")) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new Peers.NotHere("RabbitMQ does not start: see " + log);
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Peers.NotHere("interrupted");
            }
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
