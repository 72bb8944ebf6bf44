package footbridge.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What the runs have shown, load by load and server by server; a table and JSON of it.
final class Results {

    private static final int LONGEST = 160;

    private final Map<String, Map<String, Cell>> rows = new LinkedHashMap<>();
    private final Set<String> servers = new LinkedHashSet<>();

    /// The runs of one load on one server, and why there are no more.
    private static final class Cell {
        final List<Measurement> runs = new ArrayList<>();
        String failure = "";
    }

    void measured(String load, String server, Measurement run) {
        cell(load, server).runs.add(run);
    }

    void failed(String load, String server, String why) {
        String line = why.replace('\n', ' ').strip();
        cell(load, server).failure = line.substring(0, Math.min(line.length(), LONGEST));
    }

    boolean hasFailed(String load, String server) {
        return !cell(load, server).failure.isEmpty();
    }

    /// Whether all servers have been measured under a load, and more than none.
    boolean complete(String load) {
        Map<String, Cell> cells = rows.getOrDefault(load, Map.of());
        return !cells.isEmpty() && cells.values().stream().allMatch(Results::measured);
    }

    private Cell cell(String load, String server) {
        servers.add(server);
        return rows.computeIfAbsent(load, _ -> new LinkedHashMap<>())
                .computeIfAbsent(server, _ -> new Cell());
    }

    /// One load on one server, on a line.
    String line(String load, String server) {
        return "%-38s %-11s %s%n".formatted(load, server, shown(cell(load, server)));
    }

    /// The table of the README: medians; a ratio is that of the first build to each other server.
    String markdown() {
        StringBuilder text = new StringBuilder("| Load |");
        servers.forEach(server -> text.append(' ').append(server).append(" |"));
        text.append("\n|---|").append("---|".repeat(servers.size())).append('\n');
        rows.forEach((load, cells) -> {
            text.append("| ").append(load).append(" |");
            for (String server : servers) {
                Cell cell = cells.get(server);
                text.append(' ')
                        .append(cell == null ? "-" : shown(cell) + ratio(cells, server, cell))
                        .append(" |");
            }
            text.append('\n');
        });
        return text.toString();
    }

    private static String ratio(Map<String, Cell> cells, String server, Cell cell) {
        Cell ours = cells.get(Bench.OURS);
        if (server.equals(Bench.OURS) || ours == null || !measured(ours) || !measured(cell)) {
            return "";
        }
        double ratio =
                Measurement.median(ours.runs).perSecond()
                        / Measurement.median(cell.runs).perSecond();
        return String.format(Locale.ROOT, " (%.2f)", ratio);
    }

    private static boolean measured(Cell cell) {
        return !cell.runs.isEmpty() && cell.failure.isEmpty();
    }

    private static String shown(Cell cell) {
        if (!measured(cell)) {
            return cell.failure.isEmpty() ? "-" : "failed: " + cell.failure;
        }
        Measurement median = Measurement.median(cell.runs);
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%,.0f/s", median.perSecond()));
        if (!Double.isNaN(median.cpuMicros())) {
            text.append(String.format(Locale.ROOT, ", %.1f us", median.cpuMicros()));
        }
        if (!Double.isNaN(median.p99())) {
            text.append(String.format(Locale.ROOT, ", %.2f/%.1f ms", median.p50(), median.p99()));
        }
        return text.append(median.note().isEmpty() ? "" : ", " + median.note()).toString();
    }

    String json() {
        List<String> entries = new ArrayList<>();
        rows.forEach((load, cells) ->
                cells.forEach((server, cell) -> entries.add(json(load, server, cell))));
        return "[\n  " + String.join(",\n  ", entries) + "\n]\n";
    }

    private static String json(String load, String server, Cell cell) {
        return "{\"load\": %s, \"server\": %s, \"failure\": %s, \"runs\": [%s]}"
                .formatted(
                        quoted(load),
                        quoted(server),
                        quoted(cell.failure),
                        String.join(", ", cell.runs.stream().map(Results::json).toList()));
    }

    private static String json(Measurement run) {
        return "{\"perSecond\": %s, \"cpuMicros\": %s, \"p50Millis\": %s, \"p99Millis\": %s, \"note\": %s}"
                .formatted(
                        number(run.perSecond()),
                        number(run.cpuMicros()),
                        number(run.p50()),
                        number(run.p99()),
                        quoted(run.note()));
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "null" : String.format(Locale.ROOT, "%.4f", value);
    }

    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ")
                + '"';
    }
}
