package footbridge.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {

    private static final KafkaSettings SETTINGS =
            new KafkaSettings(
                    "kafka",
                    "broker:9092",
                    Map.of(
                            "sasl.jaas.config", "password=geheim",
                            "acks", "1",
                            "group.id", "mine",
                            "isolation.level", "read_uncommitted",
                            "compression.type", "gzip"));

    @Test
    void namesItsPropertiesWithoutTheirValues() {
        assertThat(SETTINGS.toString()).contains("sasl.jaas.config").doesNotContain("geheim");
    }

    @Test
    void refusesATimeThatIsNoTime() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new KafkaSettings(
                                "kafka",
                                "broker:9092",
                                Map.of(),
                                Duration.ZERO,
                                KafkaSettings.DEFAULT_ANSWER_TIMEOUT,
                                KafkaSettings.DEFAULT_PROBE_INTERVAL,
                                KafkaSettings.DEFAULT_TOPIC_REFRESH))
                .withMessageContaining("sendTimeout");
    }

    @Test
    void operatorsPropertiesWinExceptWhereAPromiseRestsOnThem() {
        ClientProperties properties = new ClientProperties(SETTINGS);

        assertThat(properties.producer())
                .containsEntry("acks", "all")
                .containsEntry("compression.type", "gzip")
                .containsEntry("delivery.timeout.ms", 10_000)
                .containsEntry("max.block.ms", 5_000);
        assertThat(properties.reader("t"))
                .containsEntry("isolation.level", "read_uncommitted")
                .doesNotContainKey("group.id");
    }

    @Test
    void eachClientGetsOnlyWhatItKnows() {
        ClientProperties properties = new ClientProperties(SETTINGS);

        assertThat(properties.admin())
                .containsKey("sasl.jaas.config")
                .doesNotContainKeys("acks", "group.id", "compression.type");
    }
}
