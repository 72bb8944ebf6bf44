package footbridge.app.command;

import footbridge.app.explain.Misuse;
import footbridge.mapping.file.InvalidMapping;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/// `footbridge check [FOLDER]`: says what is wrong with rule files.
final class CheckCommand {

    static final String WORD = "check";

    private CheckCommand() {}

    /// @return the exit code: 0 if the gateway would take the files, else 1
    static int run(List<String> words, PrintStream out) throws Misuse {
        CommandLine line = CommandLine.parse(WORD, words, RuleSet.OPTIONS);
        if (line.operands().size() > 1) {
            throw new Misuse("check takes one folder; its files are checked as one set");
        }
        RuleSet rules = RuleSet.of(line, line.operands().stream().findFirst());
        CheckReport report = report(rules);
        out.println(line.json() ? report.json().encodePrettily() : report.text());
        return report.ok() ? 0 : 1;
    }

    private static CheckReport report(RuleSet rules) {
        try {
            return new CheckReport(rules, rules.load().rules().size(), Optional.empty());
        } catch (InvalidMapping invalid) {
            return new CheckReport(rules, 0, Optional.of(invalid));
        }
    }
}
