package footbridge.stomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The `heart-beat` header: B1, B2 and ambiguity 32.
class HeartBeatTest {

    @Test
    void headerIsTwoIntegersWithACommaBetween_B2() throws ProtocolViolation {
        assertThat(HeartBeat.parse("10000,5")).isEqualTo(new HeartBeat(10_000, 5));
        assertThat(HeartBeat.parse("0,0")).isEqualTo(HeartBeat.NONE);
        assertThat(HeartBeat.parse("2147483647,007"))
                .isEqualTo(new HeartBeat(Integer.MAX_VALUE, 7));
    }

    @Test
    void textIsWhatTheHeaderSays_B2() {
        assertThat(new HeartBeat(10_000, 5).text()).isEqualTo("10000,5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "1",
                "1,",
                ",1",
                "1,2,3",
                "-1,0",
                "0,-1",
                "+1,1",
                "1, 2",
                " 1,2",
                "a,b",
                "1.5,2",
                "2147483648,0",
                "99999999999999999999,0",
                "\u0661,1"
            })
    void anythingElseIsRefused_ambiguity32(String value) {
        assertThatThrownBy(() -> HeartBeat.parse(value))
                .isInstanceOfSatisfying(
                        ProtocolViolation.class,
                        violation -> assertThat(violation.code()).isEqualTo("invalid-header"));
    }
}
