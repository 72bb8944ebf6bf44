package footbridge.mapping.file;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// Where something stands in a rule file. Lines and columns count from 1; line 0 means the file or
/// folder as a whole.
public record Place(String file, int line, int column) {

    public static Place whole(String file) {
        return new Place(file, 0, 0);
    }

    static Place at(String file, Optional<Mark> mark) {
        return mark.map(m -> new Place(file, m.getLine() + 1, m.getColumn() + 1))
                .orElseGet(() -> whole(file));
    }

    /// File and line, like `demo.yaml:12`.
    String origin() {
        return file + ":" + line;
    }

    @Override
    public String toString() {
        return line == 0 ? file : origin() + ":" + column;
    }
}
