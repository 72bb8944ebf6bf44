package footbridge.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokersTest {

    @Test
    void bothBrokersAreWanted() {
        assertThat(parse("--artemis 61616 --kafka 9092 --data x").shownPorts())
                .isEqualTo(" artemis=61616 kafka=9092");
    }

    @Test
    void onlyOneBrokerIsWanted() {
        assertThat(parse("--artemis 61616 --kafka 9092 --data x --only kafka").shownPorts())
                .isEqualTo(" kafka=9092");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--artemis 61616 --kafka 9092",
                "--artemis 61616 --data x",
                "--artemis one --kafka 9092 --data x",
                "--artemis 61616 --kafka 9092 --data x --only both",
                "--artemis 61616 --kafka 9092 --data x --only"
            })
    void otherCommandLinesShowTheUsage(String commandLine) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(commandLine))
                .withMessageStartingWith("usage: Brokers");
    }

    private static Brokers parse(String commandLine) {
        return Brokers.parse(commandLine.split(" "), _ -> {});
    }
}
