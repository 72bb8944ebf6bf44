package footbridge.testbed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A real Artemis and a real Kafka side by side in this JVM, or one of them; also a program.
///
/// The program runs them until it is told to end, or until its standard input ends, so that it
/// never outlives whoever started it. It prints `brokers ready artemis=PORT kafka=PORT` when both
/// take connections, or one line that says why not; logs go to standard error.
public final class Brokers implements AutoCloseable {

    private static final String USAGE =
            "usage: Brokers --artemis PORT --kafka PORT --data FOLDER [--only artemis|kafka]";
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final OptionalInt artemisPort;
    private final OptionalInt kafkaPort;
    private final Path data;
    private final Consumer<String> onFailure;
    private @Nullable ArtemisBroker artemis;
    private @Nullable KafkaBroker kafka;

    /// The message is one line for the user.
    static final class CannotStart extends Exception {
        private static final long serialVersionUID = 1L;

        CannotStart(String why) {
            super(why);
        }
    }

    /// @param artemisPort empty if Artemis is not wanted
    /// @param kafkaPort empty if Kafka is not wanted
    /// @param data folder for what the brokers keep
    /// @param onFailure told, on any thread, when a broker that ran has failed for good
    Brokers(OptionalInt artemisPort, OptionalInt kafkaPort, Path data, Consumer<String> onFailure) {
        this.artemisPort = artemisPort;
        this.kafkaPort = kafkaPort;
        this.data = data;
        this.onFailure = onFailure;
    }

    public static void main(String[] args) throws InterruptedException {
        PrintStream console = new PrintStream(System.out, true, UTF_8);
        System.setOut(System.err);
        BrokerLog.toStandardError();
        exitWhenInputEnds();
        try {
            Brokers brokers = parse(args, why -> exit(console, why, FAILED));
            Runtime.getRuntime().addShutdownHook(new Thread(brokers::close, "stop-brokers"));
            brokers.start();
            console.println("brokers ready" + brokers.shownPorts());
        } catch (CannotStart e) {
            exit(console, String.valueOf(e.getMessage()), FAILED);
        } catch (IllegalArgumentException e) {
            exit(console, String.valueOf(e.getMessage()), MISUSED);
        }
        Thread.currentThread().join();
    }

    /// @throws IllegalArgumentException with the usage as message
    static Brokers parse(String[] args, Consumer<String> onFailure) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i + 1 < args.length; i += 2) {
            given.put(args[i], args[i + 1]);
        }
        String only = given.getOrDefault("--only", "");
        String data = given.getOrDefault("--data", "");
        if (args.length % 2 != 0 || data.isEmpty() || !only.matches("|artemis|kafka")) {
            throw new IllegalArgumentException(USAGE);
        }
        return new Brokers(
                only.equals("kafka") ? OptionalInt.empty() : port(given, "--artemis"),
                only.equals("artemis") ? OptionalInt.empty() : port(given, "--kafka"),
                Path.of(data),
                onFailure);
    }

    private static OptionalInt port(Map<String, String> given, String name) {
        String port = given.getOrDefault(name, "");
        if (!port.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException(USAGE);
        }
        return OptionalInt.of(Integer.parseInt(port));
    }

    /// The ports as the line that tells readiness shows them.
    String shownPorts() {
        return shown(" artemis=", artemisPort) + shown(" kafka=", kafkaPort);
    }

    private static String shown(String name, OptionalInt port) {
        return port.isPresent() ? name + port.getAsInt() : "";
    }

    /// Starts both at once, because each waits most of its time, and returns when they are ready.
    void start() throws CannotStart {
        requireFree("artemis", artemisPort);
        requireFree("kafka", kafkaPort);
        CompletableFuture<Void> first = CompletableFuture.runAsync(this::startArtemis);
        CompletableFuture<Void> second = CompletableFuture.runAsync(this::startKafka);
        try {
            CompletableFuture.allOf(first, second).join();
        } catch (CompletionException e) {
            e.printStackTrace();
            throw new CannotStart("the brokers do not start: " + e.getCause());
        }
    }

    private static void requireFree(String broker, OptionalInt port) throws CannotStart {
        if (port.isPresent() && !FreePort.isFree(port.getAsInt())) {
            throw new CannotStart("port %d for %s is in use".formatted(port.getAsInt(), broker));
        }
    }

    private void startArtemis() {
        if (artemisPort.isEmpty()) {
            return;
        }
        try {
            ArtemisBroker started =
                    ArtemisBroker.in(data.resolve("artemis")).port(artemisPort.getAsInt()).start();
            synchronized (this) {
                artemis = started;
            }
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private void startKafka() {
        if (kafkaPort.isEmpty()) {
            return;
        }
        KafkaBroker started =
                new KafkaBroker(
                                data.resolve("kafka"),
                                kafkaPort.getAsInt(),
                                FreePort.find(),
                                Map.of(),
                                this::kafkaFailed)
                        .start();
        synchronized (this) {
            kafka = started;
        }
    }

    /// Told on a thread of its own, because whoever is told may end the JVM, and that waits for
    /// Kafka's threads.
    private void kafkaFailed(String why) {
        Thread.ofPlatform().start(() -> onFailure.accept("Kafka failed: " + why));
    }

    private static void exit(PrintStream console, String why, int code) {
        console.println(why);
        System.exit(code);
    }

    private static void exitWhenInputEnds() {
        Thread.ofPlatform()
                .daemon()
                .name("input")
                .start(() -> {
                    try {
                        System.in.transferTo(PrintStream.nullOutputStream());
                    } catch (IOException gone) {
                        // As good as its end.
                    }
                    System.exit(0);
                });
    }

    /// Stops both in good order, or gives up after ten seconds.
    @Override
    public void close() {
        CompletableFuture<Void> both =
                CompletableFuture.allOf(
                        CompletableFuture.runAsync(() -> artemis().ifPresent(ArtemisBroker::close)),
                        CompletableFuture.runAsync(() -> kafka().ifPresent(KafkaBroker::close)));
        both.completeOnTimeout(null, STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    failure.printStackTrace();
                    return null;
                })
                .join();
    }

    private synchronized Optional<ArtemisBroker> artemis() {
        return Optional.ofNullable(artemis);
    }

    private synchronized Optional<KafkaBroker> kafka() {
        return Optional.ofNullable(kafka);
    }
}
