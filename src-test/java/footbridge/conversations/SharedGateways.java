package footbridge.conversations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests a [MemoryGateway] or a [WireGateway], one of each for all classes of a run.
final class SharedGateways implements ParameterResolver {

    private static final Duration TIME_TO_CONNECT = Duration.ofSeconds(6);

    /// Ends with the last test.
    private record Kept(Clients gateway, Path data) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            gateway.close();
            delete(data);
        }
    }

    private interface Start {
        Clients with(Path data) throws Exception;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == MemoryGateway.class || type == WireGateway.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedGateways.class))
                .computeIfAbsent(
                        type,
                        _ ->
                                type == MemoryGateway.class
                                        ? keep(data -> MemoryGateway.start(data, TIME_TO_CONNECT))
                                        : keep(WireGateway::start),
                        Kept.class)
                .gateway();
    }

    private static Kept keep(Start start) {
        try {
            Path data = Files.createTempDirectory("conversations");
            return new Kept(start.with(data), data);
        } catch (Exception e) {
            throw new IllegalStateException("no gateway for the conversations", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
