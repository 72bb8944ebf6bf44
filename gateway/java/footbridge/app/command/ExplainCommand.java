package footbridge.app.command;

import footbridge.app.explain.ExplanationJson;
import footbridge.app.explain.ExplanationText;
import footbridge.app.explain.Misuse;
import footbridge.app.explain.Question;
import footbridge.mapping.Explanation;
import footbridge.mapping.Mappings;
import footbridge.mapping.file.InvalidMapping;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `footbridge explain SEND|SUBSCRIBE DESTINATION`: says where a destination leads, and why.
final class ExplainCommand {

    static final String WORD = "explain";

    private static final Set<String> OPTIONS =
            Set.of("--user", "--roles", "--claim", "--mappings", "--jms", "--kafka");

    private ExplainCommand() {}

    /// @return the exit code: 0 if the client may do it, else 1
    static int run(List<String> words, PrintStream out) throws Misuse {
        CommandLine line = CommandLine.parse(WORD, words, OPTIONS);
        if (line.operands().size() != 2) {
            throw new Misuse("explain wants SEND or SUBSCRIBE and a destination");
        }
        Explanation.Request request =
                Question.of(
                        line.operands().getFirst(),
                        line.operands().getLast(),
                        line.one("--user"),
                        line.one("--roles"),
                        line.all("--claim"));
        RuleSet rules = RuleSet.of(line, line.one("--mappings"));
        try {
            return explain(rules.load(), request, line.json(), out);
        } catch (InvalidMapping invalid) {
            CheckReport report = new CheckReport(rules, 0, Optional.of(invalid));
            out.println(line.json() ? report.json().encodePrettily() : report.text());
            return 1;
        }
    }

    private static int explain(
            Mappings mappings, Explanation.Request request, boolean json, PrintStream out) {
        Explanation explanation =
                mappings.explain(request.operation(), request.destination(), request.client());
        out.println(
                json
                        ? ExplanationJson.of(explanation).encodePrettily()
                        : ExplanationText.of(explanation));
        return explanation.allowed() ? 0 : 1;
    }
}
