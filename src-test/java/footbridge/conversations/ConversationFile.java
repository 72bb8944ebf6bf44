package footbridge.conversations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the conversations of a file; `src-test/README.md` describes the format.
final class ConversationFile {

    static final Path FOLDER = Path.of("src-test", "resources", "conversations");

    private static final List<String> VERSIONS = List.of("1.0", "1.1", "1.2");
    private static final Pattern LINE = Pattern.compile("([a-z]?)(>|<~|<)(?: (.*))?");
    private static final Pattern DIRECTION = Pattern.compile("\\((.*?)(?: (\\d+))?\\)");

    private final String name;
    private final List<String> lines;
    private final List<Conversation> conversations = new ArrayList<>();
    private int at;

    private ConversationFile(Path file) {
        name = file.getFileName().toString().replace(".txt", "");
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The conversations of the file of this name.
    static List<Conversation> read(String name) {
        return new ConversationFile(FOLDER.resolve(name + ".txt")).read();
    }

    /// Those of all files.
    static List<Conversation> readAll() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .flatMap(file -> new ConversationFile(file).read().stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Conversation> read() {
        while (at < lines.size()) {
            String line = lines.get(at++);
            if (line.startsWith("== ")) {
                conversations.add(conversation(line.substring(3)));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                throw fault("outside of a conversation");
            }
        }
        return conversations;
    }

    private Conversation conversation(String title) {
        Map<String, String> directives = directives();
        List<Step> steps = new ArrayList<>();
        while (at < lines.size() && !lines.get(at).startsWith("== ")) {
            if (lines.get(at).isBlank() || lines.get(at).startsWith("#")) {
                at++;
            } else {
                steps.add(step(block()));
            }
        }
        return new Conversation(
                name,
                title,
                words(directives, "rules"),
                directives.containsKey("versions") ? words(directives, "versions") : VERSIONS,
                ways(directives),
                directives.containsKey("raw"),
                others(directives),
                steps);
    }

    private Map<String, String> directives() {
        Map<String, String> directives = new HashMap<>();
        while (at < lines.size() && lines.get(at).matches("(rules|versions|ways|raw|others):.*")) {
            String[] line = lines.get(at++).split(":", 2);
            directives.put(line[0], line[1].strip());
        }
        return directives;
    }

    private static List<String> words(Map<String, String> directives, String key) {
        return Arrays.stream(directives.getOrDefault(key, "").split(" ", -1))
                .filter(Predicate.not(String::isEmpty))
                .toList();
    }

    private static Set<Way> ways(Map<String, String> directives) {
        List<String> words = words(directives, "ways");
        return words.isEmpty()
                ? Set.of(Way.values())
                : words.stream()
                        .map(word -> Way.valueOf(word.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toSet());
    }

    /// `b=1.0 c=1.1`
    private static Map<String, String> others(Map<String, String> directives) {
        return words(directives, "others").stream()
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private List<String[]> block() {
        List<String[]> block = new ArrayList<>();
        for (; at < lines.size() && !lines.get(at).isBlank(); at++) {
            Matcher line = LINE.matcher(lines.get(at));
            if (!line.matches()) {
                throw fault("neither what a client says (>) nor what it hears (<)");
            }
            String text = Optional.ofNullable(line.group(3)).orElse("");
            block.add(new String[] {line.group(1), line.group(2), text});
            if (!line.group(1).equals(block.getFirst()[0])
                    || line.group(2).startsWith("<") != block.getFirst()[1].startsWith("<")) {
                throw fault("an empty line is missing");
            }
        }
        return block;
    }

    private Step step(List<String[]> block) {
        String client = block.getFirst()[0].isEmpty() ? "a" : block.getFirst()[0];
        List<String> texts = block.stream().map(line -> line[2]).toList();
        Matcher direction = DIRECTION.matcher(texts.getFirst());
        if (direction.matches()) {
            return direction(client, direction.group(1), direction.group(2));
        }
        String kind = block.getFirst()[1];
        return kind.equals(">") ? says(client, texts) : hears(client, texts, kind.equals("<~"));
    }

    private Step direction(String client, String what, String number) {
        return switch (what) {
            case "ends" ->
                    new Step.IsEnded(
                            client,
                            number == null
                                    ? OptionalInt.empty()
                                    : OptionalInt.of(Integer.parseInt(number)));
            case "heart-beat" -> new Step.HearsHeartBeat(client);
            case "closes" -> new Step.Leaves(client, false);
            case "vanishes" -> new Step.Leaves(client, true);
            default -> throw fault("unknown (" + what + ")");
        };
    }

    /// A line ends with LF, unless a NUL or a cut is at its end.
    private static Step says(String client, List<String> texts) {
        var notation = new StringBuilder();
        for (String text : texts) {
            notation.append(text);
            if (!text.endsWith("^@") && !text.endsWith("^|")) {
                notation.append("^J");
            }
        }
        return new Step.Says(client, new Octets(notation.toString()));
    }

    private static Step hears(String client, List<String> texts, boolean anyOrder) {
        String[] first = texts.getFirst().split(" ", 2);
        int empty = texts.indexOf("");
        int headersEnd = empty < 0 ? texts.size() : empty;
        return new Step.Hears(
                client,
                first[0],
                first.length > 1 ? Optional.of(first[1]) : Optional.empty(),
                texts.subList(1, headersEnd),
                empty < 0
                        ? Optional.empty()
                        : Optional.of(
                                new Octets(
                                        String.join("^J", texts.subList(empty + 1, texts.size())))),
                anyOrder);
    }

    private IllegalArgumentException fault(String what) {
        return new IllegalArgumentException("%s.txt:%d: %s".formatted(name, at + 1, what));
    }
}
