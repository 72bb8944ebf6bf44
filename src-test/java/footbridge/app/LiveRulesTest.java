package footbridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import footbridge.backend.Backend;
import footbridge.mapping.BrokerNames;
import footbridge.mapping.Rule;
import footbridge.mapping.file.InvalidMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveRulesTest {

    @TempDir private Path folder;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final LiveRules.Listener listener =
            new LiveRules.Listener() {
                @Override
                public void replaced() {
                    heard.add("replaced");
                }

                @Override
                public void refused() {
                    heard.add("refused");
                }
            };
    private LiveRules rules;

    @BeforeEach
    void load() throws Exception {
        write("/queue/a");
        rules =
                LiveRules.load(
                        folder,
                        new BrokerNames(Map.of("artemis", Backend.Kind.JMS), Map.of()),
                        Clock.systemUTC());
    }

    @AfterEach
    void close() {
        rules.close();
    }

    @Test
    void aProducerThatTheSettingsDoNotHaveIsAFault() throws Exception {
        Path own = Files.createDirectory(folder.resolve("own"));
        String rule = "{ destination: /a, to: { kafka: log, topic: a, producer: bulk } }";
        Files.writeString(own.resolve("rules.yaml"), "rules: [" + rule + "]");
        Map<String, Backend.Kind> log = Map.of("log", Backend.Kind.KAFKA);

        assertThatThrownBy(() ->
                        LiveRules.load(
                                own,
                                new BrokerNames(log, Map.of("log", Set.of("bilk"))),
                                Clock.systemUTC()))
                .hasMessage(
                        "rules.yaml:1:66: there is no footbridge.kafka.log.producers.bulk; did you mean 'bilk'? configure it, or leave 'producer' out");
        LiveRules.load(own, new BrokerNames(log, Map.of("log", Set.of("bulk"))), Clock.systemUTC())
                .close();
        LiveRules.load(own, new BrokerNames(log, Map.of()), Clock.systemUTC()).close();
    }

    @Test
    void aChangeIsTakenWhenTwoLooksHaveFoundTheSame() throws Exception {
        look(2);
        write("/queue/b");

        look(1);
        assertThat(destinations()).containsExactly("/queue/a");
        look(1);
        assertThat(destinations()).containsExactly("/queue/b");
        look(3);
        assertThat(heard).containsExactly("replaced");
    }

    @Test
    void aFileThatIsStillWrittenIsNotTaken() throws Exception {
        List<String> destinations = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            destinations.add("/queue/part" + i);
            write(destinations.toArray(String[]::new));
            look(1);
        }
        assertThat(heard).isEmpty();

        look(1);

        assertThat(destinations()).isEqualTo(destinations);
    }

    @Test
    void aBadChangeIsRefusedOnceAndTheOldRulesStay() throws Exception {
        write("queue/b");
        look(5);

        assertThat(heard).containsExactly("refused");
        assertThat(destinations()).containsExactly("/queue/a");
        assertThat(rules.state().refused().orElseThrow().faults().getFirst().toString())
                .isEqualTo("rules.yaml:2:20: destination 'queue/b' must start with '/'");
    }

    @Test
    void whatWasInForceBeforeAMistakeIsTakenBack() throws Exception {
        write("queue/b");
        look(2);
        write("/queue/a");
        look(2);

        assertThat(heard).containsExactly("refused", "replaced");
        assertThat(rules.state().refused()).isEmpty();
        assertThat(destinations()).containsExactly("/queue/a");
    }

    @Test
    void aFolderThatVanishesIsRefused() throws Exception {
        Files.delete(folder.resolve("rules.yaml"));
        Files.delete(folder);
        look(3);

        assertThat(heard).containsExactly("refused");
        assertThat(destinations()).containsExactly("/queue/a");
    }

    @Test
    void theFolderIsWatched() throws Exception {
        rules.watch(Duration.ofMillis(5), listener);
        write("queue/bad");
        await().until(() -> heard.contains("refused"));
        write("/queue/c");

        await().until(() -> heard.contains("replaced"));
        assertThat(destinations()).containsExactly("/queue/c");
    }

    @Test
    void theFirstRulesMustBeGood(@TempDir Path empty) {
        assertThatThrownBy(() ->
                        LiveRules.load(
                                empty, new BrokerNames(Map.of(), Map.of()), Clock.systemUTC()))
                .isInstanceOf(InvalidMapping.class);
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            rules.look(listener);
        }
    }

    private List<String> destinations() {
        return rules.current().rules().stream().map(Rule::destination).toList();
    }

    private void write(String... destinations) throws IOException {
        StringBuilder yaml = new StringBuilder("rules:\n");
        for (String destination : destinations) {
            yaml.append(
                    "  - { destination: %s, to: { jms: artemis, queue: q } }\n"
                            .formatted(destination));
        }
        Files.writeString(folder.resolve("rules.yaml"), yaml);
    }
}
