package footbridge.kafka.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/// The text by which clients keep a place in a topic.
class PositionTest {

    @Test
    void aPositionIsReadAsItWasWritten() {
        for (Offsets offsets :
                List.of(
                        new Offsets(),
                        new Offsets(0),
                        new Offsets(127, 128, 16_384),
                        new Offsets(Long.MAX_VALUE, 5))) {
            Position position = Position.of(Uuid.randomUuid(), offsets);

            assertThat(Position.of(position.text())).isEqualTo(Optional.of(position));
            assertThat(position.text()).matches("[A-Za-z0-9_-]+");
        }
    }

    @Test
    void whatIsNoPositionIsNone() {
        String good = Position.of(Uuid.randomUuid(), new Offsets(1, 2)).text();

        assertThat(
                        List.of(
                                "",
                                "latest",
                                "*",
                                good.substring(0, good.length() - 1),
                                good + "AA",
                                "AAAAAAAAAAD____________",
                                "AAAAAAAAAAD_____Dw"))
                .allSatisfy(text -> assertThat(Position.of(text)).isEmpty());
    }

    @Test
    void offsetsCoverEachOtherPartitionByPartition() {
        Offsets here = new Offsets(5, 5);

        assertThat(here.covers(new Offsets(5, 4))).isTrue();
        assertThat(here.covers(new Offsets(4, 6))).isFalse();
        assertThat(here.missing(new Offsets(1, 8, 2))).isEqualTo(5);
        here.reach(0, 3);
        assertThat(here).isEqualTo(new Offsets(5, 5));
    }
}
