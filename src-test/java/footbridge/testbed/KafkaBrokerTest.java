package footbridge.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {

    @TempDir private Path folder;

    @Test
    void restartKeepsPortDataAndFeatures() throws Exception {
        try (KafkaBroker broker = KafkaBroker.onFreePorts(folder.resolve("data")).start();
                Admin admin =
                        Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("kept", Optional.empty(), Optional.empty())))
                    .all()
                    .get();
            broker.stop();

            broker.start();

            assertThat(admin.listTopics().names().get()).contains("kept");
            assertThat(admin.describeFeatures().featureMetadata().get().finalizedFeatures())
                    .containsKeys("share.version", "transaction.version", "group.version");
        }
    }

    @Test
    void takenPortIsAnExceptionAndNotTheEndOfTheProcess() throws Exception {
        List<String> faults = new CopyOnWriteArrayList<>();
        int port = freePort();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            KafkaBroker broker =
                    new KafkaBroker(
                            folder.resolve("data"),
                            port,
                            taken.getLocalPort(),
                            Map.of(),
                            faults::add);

            assertThatThrownBy(broker::start).isInstanceOf(RuntimeException.class);
            assertThat(faults).isNotEmpty();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }
}
