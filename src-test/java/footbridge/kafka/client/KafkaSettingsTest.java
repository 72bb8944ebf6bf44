package footbridge.kafka.client;

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
                        new KafkaTimes(
                                Duration.ZERO,
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(10)))
                .withMessageContaining("send-timeout");
    }

    @Test
    void namedProducersHaveTheirOwnCompressionAndLinger() {
        ClientProperties properties =
                new ClientProperties(
                        SETTINGS.with(
                                Map.of("bulk", new NamedProducer("zstd", Duration.ofMillis(20)))));

        assertThat(properties.producer("bulk"))
                .containsEntry("compression.type", "zstd")
                .containsEntry("linger.ms", 20L)
                .containsEntry("acks", "all");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NamedProducer("rar", Duration.ZERO))
                .withMessageContaining("rar");
    }

    @Test
    void operatorsPropertiesWinExceptWhereAPromiseRestsOnThem() {
        ClientProperties properties = new ClientProperties(SETTINGS);

        assertThat(properties.producer(Producers.COMMON))
                .containsEntry("acks", "all")
                .containsEntry("compression.type", "gzip")
                .containsEntry("delivery.timeout.ms", 15_000)
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
