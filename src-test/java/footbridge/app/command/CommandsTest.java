package footbridge.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `check` and `explain`, called within this JVM. `CheckCommandIT` has them read settings.
final class CommandsTest {

    private static final String RULES =
            """
            rules:
              - destination: /queue/{name}
                to: { jms: shop, queue: "Q.{name}" }
                allow: { send: [trader], subscribe: [anonymous] }
                subscribe: { nack: dead-letter }
              - destination: /topic/news
                to: { jms: shop, topic: NEWS }
                create: auto
              - destination: /topic/ticks/{symbol}
                to: { kafka: log, topic: ticks, key: "{symbol}" }
                send: none
            """;

    @TempDir private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void soundRulesAreCounted() throws Exception {
        assertThat(check(RULES, "--jms", "shop", "--kafka", "log")).isZero();
        assertThat(out())
                .isEqualTo(folder + ": 3 rules, no fault\nbrokers: shop (jms), log (kafka)\n");
    }

    @Test
    void everyFaultHasAPathLineAndColumn() throws Exception {
        assertThat(check(RULES, "--jms", "shop")).isEqualTo(1);
        assertThat(out())
                .isEqualTo(
                        """
                        FOLDER/rules.yaml:10:18: 'log' is not a Kafka cluster; none is configured
                        FOLDER: 1 fault; the gateway takes none of these rules
                        brokers: shop (jms)
                        """
                                .replace("FOLDER", folder.toString()));
    }

    @Test
    void programsGetFaultsAsJson() throws Exception {
        assertThat(check(RULES, "--jms", "shop", "--json")).isEqualTo(1);

        JsonObject report = new JsonObject(out());
        assertThat(report.getBoolean("ok")).isFalse();
        assertThat(report.getJsonArray("faults"))
                .singleElement()
                .isEqualTo(
                        new JsonObject()
                                .put("file", folder.resolve("rules.yaml").toString())
                                .put("line", 10)
                                .put("column", 18)
                                .put(
                                        "message",
                                        "'log' is not a Kafka cluster; none is configured"));
    }

    @Test
    void faultsThatAreNotShownAreCounted() throws Exception {
        StringBuilder rules = new StringBuilder("rules:\n");
        IntStream.range(0, 130).forEach(i -> rules.append("  - rule\n"));

        assertThat(check(rules.toString(), "--jms", "shop")).isEqualTo(1);
        assertThat(out()).contains("\nand 30 more\n", ": 130 faults; ");
    }

    @Test
    void aFolderThatIsNoneIsAFault() {
        assertThat(run("check", "no/such/folder", "--jms", "shop")).isEqualTo(1);
        assertThat(out())
                .startsWith("no/such/folder: is not a folder; the rule files (*.yaml) belong");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    check a b                          | check takes one folder;
                    check --fast                       | check does not know --fast
                    check --jms                        | check: --jms wants a value
                    check --jms a --kafka a            | --kafka a: a JMS broker has this name already
                    explain SEND                       | explain wants SEND or SUBSCRIBE and a destination
                    explain PUBLISH /a                 | 'PUBLISH' is neither SEND nor SUBSCRIBE
                    explain SEND /a --roles x          | roles and claims belong to a user; name one
                    explain SEND /a --claim x=y        | roles and claims belong to a user; name one
                    explain SEND /a --user u --claim x | a claim is NAME=VALUE, not 'x'
                    explain SEND /a --user x --user y  | explain: --user is given twice
                    """)
    void misuseIsToldInOneLine(String words, String complaint) {
        assertThat(run(words.split(" +"))).isEqualTo(2);
        assertThat(out()).isEmpty();
        assertThat(err.toString(UTF_8)).startsWith("footbridge: " + complaint);
    }

    @Test
    void anExplanationForPeopleHasAllOnALineEach() throws Exception {
        assertThat(explain("send", "/queue/news", "--user", "ann", "--roles", "desk, trader"))
                .isZero();
        assertThat(out())
                .isEqualTo(
                        """
                        access    allowed: the role 'trader' may SEND
                        client    ann, roles desk, trader
                        rule      rules.yaml:2 /queue/{name}, to jms shop, queue Q.{name}
                                  {name} is 'news'
                        target    JMS queue 'Q.news' at 'shop'; an ERROR if it does not exist
                        receipt   It means that the broker has stored the message.
                        not       rules.yaml:6 /topic/news; segment 1 is 'queue', not 'topic'
                        """);
    }

    @Test
    void anExplanationForProgramsSaysTheSame() throws Exception {
        assertThat(explain("SUBSCRIBE", "/topic/ticks/ACME", "--user", "ann", "--json")).isZero();

        JsonObject json = new JsonObject(out());
        assertThat(json.getBoolean("allowed")).isTrue();
        assertThat(json.getString("verdict")).isEqualTo("found");
        assertThat(json.getJsonObject("rule").getString("at")).isEqualTo("rules.yaml:9");
        assertThat(json.getJsonObject("variables"))
                .isEqualTo(new JsonObject().put("symbol", "ACME"));
        assertThat(json.getJsonObject("target"))
                .isEqualTo(
                        new JsonObject()
                                .put("broker", "log")
                                .put("kind", "kafka-topic")
                                .put("name", "ticks")
                                .put("key", "ACME")
                                .put("create", "never"));
        assertThat(json.getString("guarantees")).contains("(only the key 'ACME')");
    }

    @Test
    void whatIsNotAllowedEndsWithOne() throws Exception {
        assertThat(explain("SEND", "/queue/a")).isEqualTo(1);
        assertThat(out())
                .startsWith(
                        "access    denied: only the role 'trader' may SEND, and this client is anonymous\n")
                .doesNotContain("target ", "receipt ");
    }

    @Test
    void closedAndMissingDestinationsEndWithOne() throws Exception {
        assertThat(explain("SEND", "/topic/ticks/ACME", "--user", "ann")).isEqualTo(1);
        assertThat(out()).startsWith("access    closed: the rule says 'send: none'");
        out.reset();
        assertThat(explain("SEND", "/topic/tick/ACME", "--json")).isEqualTo(1);
        assertThat(new JsonObject(out()).getString("verdict")).isEqualTo("not-mapped");
        assertThat(new JsonObject(out()).getJsonArray("others").getJsonObject(0))
                .isEqualTo(
                        new JsonObject()
                                .put("at", "rules.yaml:9")
                                .put("destination", "/topic/ticks/{symbol}")
                                .put("matches", false)
                                .put("reason", "segment 2 is 'tick', not 'ticks'"));
    }

    @Test
    void theRulesNackIsTold() throws Exception {
        assertThat(explain("SUBSCRIBE", "/queue/a")).isZero();
        assertThat(out()).contains("After a NACK it goes to the broker's dead letters.");
    }

    @Test
    void whatAConsumerGroupPromisesIsTold() throws Exception {
        Files.writeString(
                folder.resolve("groups.yaml"),
                """
                rules:
                  - destination: /queue/ledger
                    to: { kafka: log, topic: ledger, group: books }
                    subscribe: { dead-letter: ledger.dead }
                """);

        assertThat(explain("SUBSCRIBE", "/queue/ledger", "--user", "ann")).isZero();

        assertThat(out())
                .contains("Each record goes to one subscriber of the group 'books'")
                .contains("After a NACK it goes to the topic 'ledger.dead'.");
    }

    @Test
    void everyKeyOfAKafkaRuleIsTold() throws Exception {
        Files.writeString(
                folder.resolve("kafka.yaml"),
                """
                rules:
                  - destination: "/topic/of.{region}"
                    to: { kafka: log, topic: sold, filter: { region: "{region}", kind: sale },
                          partition: 3, producer: bulk, client-sets: [timestamp, key] }
                    subscribe: { from: last=5, replay: false, slow: pause, prefetch: 7 }
                  - destination: /queue/jobs
                    to: { kafka: log, topic: jobs, share-group: workers }
                    subscribe: { from: earliest, nack: dead-letter, dead-letter: dlq.jobs, max-hold: 60 }
                """);

        assertThat(explain("SEND", "/topic/of.eu", "--user", "ann")).isZero();
        assertThat(out())
                .contains(
                        """
                        kafka     partition 3, producer bulk, client-sets key and timestamp
                        receipt   It means that all in-sync replicas have the record. All records go to partition 3 and stay in order.
                        """);
        assertThat(told("SEND", "/topic/of.eu"))
                .isEqualTo(
                        new JsonObject(
                                """
                                {"partition": 3, "producer": "bulk", "client-sets": ["key", "timestamp"]}
                                """));
        assertThat(told("SUBSCRIBE", "/topic/of.eu"))
                .isEqualTo(
                        new JsonObject(
                                """
                                {"prefetch": 7, "from": "last=5", "filter": {"region": "eu", "kind": "sale"},
                                 "replay": false, "snapshot": false, "slow": "pause"}
                                """));
        assertThat(told("SUBSCRIBE", "/queue/jobs"))
                .isEqualTo(
                        new JsonObject(
                                """
                                {"prefetch": 100, "from": "earliest", "share-group": "workers",
                                 "nack": "dead-letter", "dead-letter": "dlq.jobs", "max-hold": 60}
                                """));
        out.reset();
        assertThat(explain("SUBSCRIBE", "/topic/of.eu", "--user", "ann")).isZero();
        assertThat(out())
                .contains(
                        "kafka     prefetch 7, from last=5\n",
                        "(only the header 'kind' of the value 'sale' and the header 'region' of the value 'eu')");
        out.reset();
        assertThat(explain("SUBSCRIBE", "/queue/jobs", "--user", "ann")).isZero();
        assertThat(out())
                .contains(
                        "kafka     prefetch 100, from earliest, dead-letter dlq.jobs, max-hold 60\n");
    }

    private JsonObject told(String operation, String destination) throws IOException {
        out.reset();
        assertThat(explain(operation, destination, "--user", "ann", "--json")).isZero();
        return new JsonObject(out()).getJsonObject("kafka");
    }

    @Test
    void whatTheRuleDoesToMessagesIsTold() throws Exception {
        Files.writeString(
                folder.resolve("more.yaml"),
                """
                rules:
                  - destination: "/queue/told/{kind}"
                    to: { jms: shop, queue: T }
                    headers:
                      send:
                        set: { x-of: "{kind} of {$claim.tenant}", x-user: "{$claim.none}" }
                        rename: { corr: correlation-id }
                        drop: [x-debug]
                    message: { type: text, priority: 7, persistent: true, fixed: [priority] }
                    limits: { body: 64K, sends-per-second: 100, subscriptions: 3 }
                """);
        String[] client = {"--user", "ann", "--claim", "tenant=acme"};

        assertThat(explain("SEND", "/queue/told/a", client)).isZero();
        assertThat(out())
                .contains(
                        """
                        client    ann, without a role, claims tenant=acme
                        """,
                        """
                        headers   'x-of' is set to 'a of acme', whatever else it was
                        headers   'corr' becomes 'correlation-id'
                        headers   'x-debug' is left out
                        headers   'x-user' is left out
                        message   type text, persistent true, priority 7 (fixed)
                        limit     body 65536
                        limit     sends-per-second 100
                        """);
        out.reset();
        explain("SUBSCRIBE", "/queue/told/a", client);
        assertThat(out()).contains("limit     subscriptions 3\n").doesNotContain("headers", "body");
        out.reset();
        explain("SEND", "/queue/told/a", "--user", "ann", "--claim", "tenant=acme", "--json");
        JsonObject json = new JsonObject(out());
        assertThat(json.getJsonObject("client").getJsonObject("claims"))
                .isEqualTo(new JsonObject().put("tenant", "acme"));
        assertThat(json.getJsonObject("headers").getJsonObject("set"))
                .isEqualTo(new JsonObject().put("x-of", "a of acme"));
        assertThat(json.getJsonObject("headers").getJsonArray("leftOut"))
                .containsExactly("x-debug", "x-user");
        assertThat(json.getJsonObject("message").getJsonArray("fixed")).containsExactly("priority");
        assertThat(json.getJsonObject("limits").getInteger("body")).isEqualTo(65_536);
    }

    @Test
    void rulesWithFaultsExplainNothing() throws Exception {
        Files.writeString(folder.resolve("rules.yaml"), "rules: none");
        String[] words = {"explain", "SEND", "/a", "--mappings", folder.toString(), "--jms", "x"};

        assertThat(run(words)).isEqualTo(1);
        assertThat(out()).startsWith(folder + "/rules.yaml:1:8: 'rules' must be a list");
    }

    private int check(String rules, String... options) throws IOException {
        Files.writeString(folder.resolve("rules.yaml"), rules);
        return run(join(List.of("check", folder.toString()), options));
    }

    private int explain(String operation, String destination, String... options)
            throws IOException {
        Files.writeString(folder.resolve("rules.yaml"), RULES);
        List<String> words =
                List.of(
                        "explain",
                        operation,
                        destination,
                        "--mappings",
                        folder.toString(),
                        "--jms",
                        "shop",
                        "--kafka",
                        "log");
        return run(join(words, options));
    }

    private static String[] join(List<String> words, String... more) {
        return Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private int run(String... words) {
        return Commands.run(
                List.of(words),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8));
    }

    private String out() {
        return out.toString(UTF_8);
    }
}
