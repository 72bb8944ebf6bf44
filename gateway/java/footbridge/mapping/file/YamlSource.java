package footbridge.mapping.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/// The text of a rule file, and the YAML nodes in it. What a hostile file could do (its size, its
/// depth, references that multiply) is bounded before nodes are made.
public final class YamlSource {

    /// Largest rule file, in bytes.
    public static final int MAX_SIZE = 1 << 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final RuleFile file;
    private final LoadSettings settings;

    YamlSource(RuleFile file) {
        this.file = file;
        this.settings = LoadSettings.builder().setLabel(file.name()).build();
    }

    /// The file's one document; empty, with a fault kept, when it cannot be used.
    Optional<Node> read(Path path) {
        return readText(path).flatMap(this::compose);
    }

    private Optional<String> readText(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_SIZE + 1);
            if (bytes.length > MAX_SIZE) {
                return refuse("the file is larger than 1 MiB; split it into several files");
            }
            return Optional.of(decode(bytes));
        } catch (CharacterCodingException _) {
            return refuse("the file is not a text in UTF-8");
        } catch (IOException e) {
            return refuse("the file cannot be read (%s)".formatted(e.getClass().getSimpleName()));
        }
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private Optional<Node> compose(String text) {
        try {
            if (!new YamlGuard(file, settings).passes(text)) {
                return Optional.empty();
            }
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.isPresent() ? root : refuse("the file is empty; it needs 'rules:'");
        } catch (MarkedYamlEngineException e) {
            Place place = Place.at(file.name(), e.getProblemMark());
            file.faults().add(place, "not valid YAML: " + e.getProblem() + hint(e));
        } catch (ReaderException e) {
            file.faults().add(placeOf(text, e.getPosition()), "a character YAML does not allow");
        } catch (YamlEngineException e) {
            return refuse("not valid YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private <T> Optional<T> refuse(String text) {
        file.faults().add(new Place(file.name(), 1, 1), text);
        return Optional.empty();
    }

    private static String hint(MarkedYamlEngineException e) {
        return switch (String.valueOf(e.getContext())) {
            case "while parsing a flow mapping" ->
                    "; within { } put a text that holds '{' or '}' in quotes";
            case "while parsing a block mapping", "while parsing a block collection" ->
                    "; what belongs together must begin in the same column";
            default -> "";
        };
    }

    /// @param codePoints how many code points stand before the place
    private Place placeOf(String text, int codePoints) {
        int end = Math.min(codePoints, text.codePointCount(0, text.length()));
        String before = text.substring(0, text.offsetByCodePoints(0, end));
        int lines = (int) before.lines().count();
        boolean atStart = before.isEmpty() || before.endsWith("\n");
        int column = atStart ? 1 : before.length() - before.lastIndexOf('\n');
        return new Place(file.name(), atStart ? lines + 1 : lines, column);
    }
}
