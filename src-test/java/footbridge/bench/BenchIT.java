package footbridge.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// That the benchmark still works; its numbers are not looked at.
class BenchIT {

    @Test
    void everyMessageOfAShortRunArrivesAndIsCounted() throws Exception {
        var options =
                BenchOptions.parse("--quick", "--only", "queue,transactions", "--peers", "bare");

        Results results = new Bench(options).run();

        assertThat(results.complete("queue, individual acks")).as(results.json()).isTrue();
        assertThat(results.complete("transactions of 10 sends")).as(results.json()).isTrue();
        assertThat(results.markdown()).contains("| Load | footbridge | bare |");
    }

    @Test
    void whatItDoesNotKnowIsRefused() {
        assertThat(BenchOptions.parse("a.jar", "b.jar").peers()).isEmpty();
        assertThat(BenchOptions.parse("a.jar").jars()).containsExactly(Path.of("a.jar"));
        assertThatThrownBy(() -> BenchOptions.parse("--only", "dance"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dance");
        assertThatThrownBy(() -> BenchOptions.parse("--rounds"))
                .hasMessageContaining("wants a value");
        assertThatThrownBy(() -> BenchOptions.parse("--fast")).hasMessageContaining("--fast");
    }
}
