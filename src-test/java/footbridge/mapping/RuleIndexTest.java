package footbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import footbridge.access.Identity;
import footbridge.backend.Target.Creation;
import footbridge.mapping.file.Faults;
import footbridge.mapping.file.InvalidMapping;
import footbridge.mapping.file.Overlap;
import footbridge.mapping.file.Place;
import footbridge.mapping.file.RuleReader;
import footbridge.mapping.file.Ties;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The index against a scan of all rules with regular expressions, on random rules.
final class RuleIndexTest {

    private static final String SAFE = "[A-Za-z0-9_=@~-]";
    private static final long SEED = 20_250_712L;
    private static final List<String> PIECES =
            List.of(
                    "a", "b", "ab", "", "{}", "{}", "a{}", "{}b", "a{}b", "{}-{}", "{}a{}",
                    "-{}:{}");
    private static final String ALPHABET = "ab-:/.*";

    private final Random random = new Random(SEED);

    @Test
    void theIndexFindsWhatAScanFinds() {
        int found = 0;
        for (int round = 0; round < 300; round++) {
            List<MappedRule> rules = rulesThatDoNotTie();
            RuleIndex index = new RuleIndex(rules);
            for (int i = 0; i < 200; i++) {
                String destination = destination(rules);
                Optional<MappedRule> expected = scan(rules, destination);

                assertThat(index.find(destination))
                        .as("seed=%d %s in %s", SEED, destination, texts(rules))
                        .isEqualTo(expected);
                expected.ifPresent(rule -> assertSameValues(rule, destination));
                found += expected.isPresent() ? 1 : 0;
            }
        }
        assertThat(found).isGreaterThan(20_000);
    }

    @Test
    void segmentsOverlapIfAndOnlyIfSomeTextAnswersToBoth() {
        Map<String, Set<String>> answering = new HashMap<>();
        for (String piece : PIECES) {
            Set<String> texts = new HashSet<>(allTexts(6));
            texts.removeIf(text -> !pattern(piece, text).matches());
            answering.put(piece, texts);
        }
        answering.forEach((a, textsOfA) ->
                answering.forEach((b, textsOfB) ->
                        assertThat(Overlap.exists(segment(a), segment(b)))
                                .as("%s and %s", a, b)
                                .isEqualTo(!Collections.disjoint(textsOfA, textsOfB))));
    }

    private List<MappedRule> rulesThatDoNotTie() {
        List<MappedRule> rules = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            MappedRule rule = rule(named(template()));
            Faults faults = new Faults();
            Ties all = new Ties(faults);
            rules.forEach(earlier -> all.add(draft(earlier)));
            all.add(draft(rule));
            if (isEmpty(faults)) {
                rules.add(rule);
            }
        }
        return rules;
    }

    private String template() {
        StringBuilder template = new StringBuilder();
        int segments = 1 + random.nextInt(4);
        for (int i = 0; i < segments; i++) {
            template.append(i == 0 || random.nextBoolean() ? '/' : '.');
            template.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        if (random.nextInt(4) == 0) {
            template.append(random.nextBoolean() ? "/{rest...}" : ".{rest...}");
        }
        return template.toString();
    }

    /// Mostly one that some rule answers for.
    private String destination(List<MappedRule> rules) {
        StringBuilder destination = new StringBuilder();
        String template = rules.get(random.nextInt(rules.size())).destination().text();
        for (String literal : template.split("\\{\\w+(?:\\.{3})?}", -1)) {
            destination.append(destination.isEmpty() ? "" : noise(1 + random.nextInt(3)));
            destination.append(literal);
        }
        return random.nextInt(10) == 0 ? destination + noise(1) : destination.toString();
    }

    private String noise(int length) {
        StringBuilder noise = new StringBuilder();
        for (int i = 0; i < length; i++) {
            int letters = random.nextInt(20) == 0 ? ALPHABET.length() : 3;
            noise.append(ALPHABET.charAt(random.nextInt(letters)));
        }
        return noise.toString();
    }

    private static Optional<MappedRule> scan(List<MappedRule> rules, String destination) {
        return rules.stream()
                .filter(rule -> pattern(rule.destination().text(), destination).matches())
                .min(Comparator.comparing(rule -> kinds(rule.destination().text())));
    }

    private static void assertSameValues(MappedRule rule, String destination) {
        Matcher matcher = pattern(rule.destination().text(), destination);
        assertThat(matcher.matches()).isTrue();
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            expected.add(matcher.group(i));
        }
        assertThat(rule.destination().bind(destination, Identity.ANONYMOUS).values())
                .isEqualTo(expected);
    }

    /// @param template its variables with or without names
    static Matcher pattern(String template, String destination) {
        String regex =
                Pattern.quote(template)
                        .replaceAll("\\{\\w*}", "\\\\E(%s{1,200}?)\\\\Q".formatted(SAFE))
                        .replaceAll(
                                "\\{\\w+\\.{3}}",
                                "\\\\E((?=.{1,200}\\$)%1$s+(?:[/.]%1$s+)*)\\\\Q".formatted(SAFE));
        return Pattern.compile(regex, Pattern.DOTALL).matcher(destination);
    }

    /// `L`, `M` or `V` for each segment, `Z` for the rest: sorts as the language says.
    static String kinds(String template) {
        StringBuilder kinds = new StringBuilder();
        String cut = template.replaceFirst("\\{\\w+\\.{3}}", "*");
        for (String segment : cut.substring(1).split("[/.]", -1)) {
            boolean variable = segment.matches("\\{\\w+}");
            char kind = variable ? 'V' : segment.contains("{") ? 'M' : 'L';
            kinds.append(segment.equals("*") ? 'Z' : kind);
        }
        return kinds.toString();
    }

    private static List<String> allTexts(int longest) {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int i = 0; i < texts.size() && texts.get(i).length() < longest; i++) {
            for (char c : "ab-:".toCharArray()) {
                texts.add(texts.get(i) + c);
            }
        }
        return texts;
    }

    /// Gives each variable a name.
    private static String named(String template) {
        String named = template;
        for (int i = 0; named.contains("{}"); i++) {
            named = named.replaceFirst("\\{}", "{v" + i + "}");
        }
        return named;
    }

    private static Segment segment(String piece) {
        return Segment.of('/', named(piece));
    }

    private static MappedRule rule(String template) {
        List<Part> parts = new TemplateParser(template, _ -> {}).parse().orElseThrow();
        TextTemplate name = new TextTemplate("q", List.of(new Part.Literal("q")));
        TargetTemplate to =
                new TargetTemplate(TargetTemplate.Form.JMS_QUEUE, "artemis", name, Creation.NEVER);
        return new MappedRule(
                new Rule(template, to, Terms.BUILT_IN, "test:1"),
                DestinationTemplate.of(template, parts));
    }

    private static RuleReader.Draft draft(MappedRule rule) {
        return new RuleReader.Draft(
                Place.whole("test"), rule.destination(), Optional.of(rule.rule()));
    }

    private static boolean isEmpty(Faults faults) {
        try {
            faults.throwIfAny();
            return true;
        } catch (InvalidMapping _) {
            return false;
        }
    }

    private static List<String> texts(List<MappedRule> rules) {
        return rules.stream().map(rule -> rule.destination().text()).toList();
    }
}
