package footbridge.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingTest {

    private final List<String> calls = new ArrayList<>();
    private final Reading reading = new Reading(new Recorder());

    /// The connection's thread can be done with what waits before the event loop has stopped.
    @Test
    void aGoThatOvertakesItsStopLeavesTheClientReadFrom() {
        reading.go();
        reading.stop();

        assertThat(calls).isEmpty();
        reading.stop();
        reading.go();
        assertThat(calls).containsExactly("pause", "resume");
    }

    @Test
    void theLastOfTwoReasonsHasToGo() {
        reading.stop();
        reading.stop();
        reading.go();
        assertThat(calls).containsExactly("pause");

        reading.go();

        assertThat(calls).containsExactly("pause", "resume");
    }

    private final class Recorder implements ClientChannel {

        @Override
        public Arrival arrival() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(List<OutgoingFrame> frames, Runnable done) {
            done.run();
        }

        @Override
        public void pause() {
            calls.add("pause");
        }

        @Override
        public void resume() {
            calls.add("resume");
        }

        @Override
        public void close(int webSocketCode, String reason) {
            calls.add("close");
        }
    }
}
