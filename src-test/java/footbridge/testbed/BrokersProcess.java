package footbridge.testbed;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;

/// [Brokers] as a process of its own, on free ports, to be killed and started again; it ends with
/// the test's JVM.
public final class BrokersProcess implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    private static final int ATTEMPTS = 3;

    private final Path data;
    private final List<String> only;
    private final Path log = TetheredProcess.newLog("target/broker-logs");
    private int artemisPort;
    private int kafkaPort;
    private TetheredProcess process;

    private BrokersProcess(Path data, List<String> only) {
        this.data = data;
        this.only = only;
        this.process = startOnFreePorts();
    }

    /// @param data where the brokers keep what they are given
    public static BrokersProcess start(Path data) {
        return new BrokersProcess(data, List.of());
    }

    public static BrokersProcess startArtemis(Path data) {
        return new BrokersProcess(data, List.of("--only", "artemis"));
    }

    public static BrokersProcess startKafka(Path data) {
        return new BrokersProcess(data, List.of("--only", "kafka"));
    }

    public String artemisUrl() {
        return "tcp://localhost:" + artemisPort;
    }

    public String kafkaBootstrapServers() {
        return "localhost:" + kafkaPort;
    }

    /// What a gateway has to be told to use these brokers, as `artemis` and `kafka`.
    public Map<String, String> gatewaySettings() {
        Map<String, String> settings = new HashMap<>();
        if (!only.contains("kafka")) {
            settings.put("footbridge.jms.artemis.url", artemisUrl());
        }
        if (!only.contains("artemis")) {
            settings.put("footbridge.kafka.kafka.bootstrap-servers", kafkaBootstrapServers());
        }
        return settings;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String log() {
        return process.log();
    }

    /// Ends the brokers without asking them (SIGKILL), as a crash of their machine would.
    public void kill() {
        process.kill();
    }

    /// Ends the brokers in good order (SIGTERM).
    public void stop() {
        process.terminate(STOP_TIMEOUT);
    }

    /// Starts the brokers again, on the same ports and data, and returns when they are ready.
    public void restart() {
        if (process.isAlive()) {
            stop();
        }
        process = launch();
    }

    @Override
    public void close() {
        stop();
    }

    private TetheredProcess startOnFreePorts() {
        for (int attempt = 1; true; attempt++) {
            artemisPort = FreePort.find();
            kafkaPort = FreePort.find();
            try {
                return launch();
            } catch (StartFailure e) {
                if (attempt == ATTEMPTS || !e.portTaken()) {
                    throw e;
                }
            }
        }
    }

    private TetheredProcess launch() {
        TetheredProcess starting = TetheredProcess.start(command(), log);
        try {
            await().pollInterval(POLL_INTERVAL)
                    .atMost(START_TIMEOUT)
                    .until(() -> starting.log().contains("brokers ready") || !starting.isAlive());
        } catch (ConditionTimeoutException _) {
            starting.kill();
            throw new StartFailure(
                    "brokers are not ready after " + START_TIMEOUT, starting.logTail());
        }
        if (!starting.isAlive()) {
            throw new StartFailure("brokers do not start", starting.logTail());
        }
        return starting;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(TetheredProcess.java(), "-Xmx512m"));
        command.addAll(TetheredProcess.NETTY_OPTIONS);
        command.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Brokers.class.getName());
        command.addAll(List.of("--artemis", Integer.toString(artemisPort)));
        command.addAll(List.of("--kafka", Integer.toString(kafkaPort)));
        command.addAll(List.of("--data", data.toString()));
        command.addAll(only);
        return command;
    }
}
