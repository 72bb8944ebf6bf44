package footbridge.app.command;

import footbridge.mapping.file.Fault;
import footbridge.mapping.file.InvalidMapping;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a check of rule files has found.
///
/// @param count of the rules, if none was at fault
record CheckReport(RuleSet rules, int count, Optional<InvalidMapping> invalid) {

    boolean ok() {
        return invalid.isEmpty();
    }

    /// For people: a line for each fault, then what that means.
    String text() {
        List<String> lines = new ArrayList<>();
        faults().forEach(fault -> lines.add(located(fault).toString()));
        if (unshown() > 0) {
            lines.add("and %d more".formatted(unshown()));
        }
        lines.add("%s: %s".formatted(rules.folder(), result()));
        lines.add(rules.brokersInWords());
        return String.join(System.lineSeparator(), lines);
    }

    private String result() {
        if (ok()) {
            return count == 1 ? "1 rule, no fault" : "%d rules, no fault".formatted(count);
        }
        int faults = faults().size() + unshown();
        String found = faults == 1 ? "1 fault" : "%d faults".formatted(faults);
        return found + "; the gateway takes none of these rules";
    }

    JsonObject json() {
        JsonArray found = new JsonArray();
        faults().forEach(fault -> found.add(json(located(fault))));
        JsonObject brokers = new JsonObject();
        rules.brokers().forEach((name, kind) -> brokers.put(name, RuleSet.word(kind)));
        return new JsonObject()
                .put("ok", ok())
                .put("folder", rules.folder().toString())
                .put("rules", count)
                .put("brokers", brokers)
                .put("demoBrokers", rules.assumed())
                .put("faults", found)
                .put("unshown", unshown());
    }

    private static JsonObject json(Fault fault) {
        return new JsonObject()
                .put("file", fault.file())
                .put("line", fault.line())
                .put("column", fault.column())
                .put("message", fault.message());
    }

    private List<Fault> faults() {
        return invalid.map(InvalidMapping::faults).orElse(List.of());
    }

    private int unshown() {
        return invalid.map(InvalidMapping::unshown).orElse(0);
    }

    /// With a path that leads to the file from where the command was called.
    private Fault located(Fault fault) {
        Path folder = rules.folder();
        if (fault.line() == 0 && fault.file().equals(folder.toString())) {
            return fault;
        }
        String path = folder.resolve(fault.file()).toString();
        return new Fault(path, fault.line(), fault.column(), fault.message());
    }
}
