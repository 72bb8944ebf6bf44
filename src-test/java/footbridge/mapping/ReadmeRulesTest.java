package footbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import footbridge.access.Identity;
import footbridge.backend.Target;
import footbridge.backend.Target.Creation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rule file that the README explains line by line does what the README says.
final class ReadmeRulesTest {

    private static final Identity TRADER = new Identity("ann", Set.of("trader"), false);

    @Test
    void theRulesOfTheReadmeLeadWhereItSays(@TempDir Path folder) throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        int start = readme.indexOf("```yaml\n") + "```yaml\n".length();
        Mappings rules = Rules.load(folder, readme.substring(start, readme.indexOf("```", start)));

        assertThat(rules.route(Operation.SEND, "/queue/orders.north", TRADER))
                .extracting("target")
                .isEqualTo(new Target.JmsQueue("artemis", "ORDERS.north", Creation.NEVER));
        assertThat(rules.route(Operation.SEND, "/queue/orders.test", TRADER))
                .extracting("target")
                .isEqualTo(new Target.JmsQueue("artemis", "ORDERS.sandbox", Creation.AUTO));
        assertThat(rules.route(Operation.SEND, "/queue/orders.north", Identity.ANONYMOUS))
                .isInstanceOf(Route.Denied.class);
        assertThat(rules.route(Operation.SUBSCRIBE, "/topic/ticks/ACME", Identity.ANONYMOUS))
                .extracting("target")
                .isEqualTo(
                        new Target.KafkaTopic(
                                "kafka", "ticks", Optional.of("ACME"), Creation.NEVER));
        assertThat(rules.route(Operation.SEND, "/topic/ticks/ACME", TRADER))
                .isInstanceOf(Route.Closed.class);
    }
}
