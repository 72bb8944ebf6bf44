package footbridge.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTest {

    @Test
    void noPortIsGivenTwice() {
        assertThat(IntStream.range(0, 100).map(_ -> FreePort.find()).boxed())
                .doesNotHaveDuplicates();
    }

    @Test
    void portOfALocalListenerIsNotFree() throws IOException {
        try (var listener =
                new ServerSocket(FreePort.find(), 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePort.isFree(listener.getLocalPort())).isFalse();
        }
    }
}
