package footbridge;

import static org.assertj.core.api.Assertions.assertThat;

import footbridge.FloorPlan.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The floor plan that `gateway/README.md` shows is the one that the build enforces.
class FloorPlanDocumentationTest {

    private static final Path README = Path.of("gateway/README.md");

    /// A row without its third cell, the responsibility, which is prose.
    private record Row(String floor, String room, String imports, String libraries) {

        static Row of(String line) {
            List<String> cells = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
            assertThat(cells).as(line).hasSize(7);
            assertThat(cells.get(3)).as("responsibility of %s", cells.get(2)).isNotEmpty();
            return new Row(
                    cells.get(1), words(cells.get(2)), words(cells.get(4)), words(cells.get(5)));
        }

        static Row of(Room room) {
            return new Row(
                    Integer.toString(room.floor()),
                    room.name(),
                    FloorPlan.importsCell(room),
                    FloorPlan.librariesCell(room));
        }
    }

    @Test
    void tableIsTheOneInCode() throws IOException {
        List<Row> documented =
                Files.readAllLines(README).stream()
                        .filter(line -> line.matches("\\| *\\d.*"))
                        .map(Row::of)
                        .toList();

        assertThat(documented).isEqualTo(FloorPlan.ROOMS.stream().map(Row::of).toList());
    }

    @Test
    void platformIsTheOneInCode() throws IOException {
        String documented =
                Files.readAllLines(README).stream()
                        .filter(line -> line.startsWith("*platform*: "))
                        .map(line -> words(line.substring("*platform*: ".length())))
                        .findFirst()
                        .orElseThrow();

        assertThat(documented).isEqualTo(FloorPlan.sorted(FloorPlan.PLATFORM.stream()));
    }

    private static String words(String cell) {
        return FloorPlan.sorted(Stream.of(cell.replace("`", "").replace("*", "").split(", *", -1)));
    }
}
