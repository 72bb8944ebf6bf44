package footbridge.app.command;

import footbridge.app.explain.Misuse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What stands behind a command.
///
/// @param command for messages
/// @param operands the words that are no options
/// @param options values by the name of their option, in their order
/// @param settings given with `-Dname=value`
record CommandLine(
        String command,
        List<String> operands,
        Map<String, List<String>> options,
        Map<String, String> settings,
        boolean json) {

    /// @param known options that take a value; `--json` and `-D` are known to every command
    static CommandLine parse(String command, List<String> words, Set<String> known) throws Misuse {
        List<String> operands = new ArrayList<>();
        Map<String, List<String>> options = new HashMap<>();
        Map<String, String> settings = new HashMap<>();
        boolean json = false;
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            if (known.contains(word)) {
                if (!rest.hasNext()) {
                    throw new Misuse("%s: %s wants a value".formatted(command, word));
                }
                options.computeIfAbsent(word, _ -> new ArrayList<>()).add(rest.next());
            } else if (word.equals("--json")) {
                json = true;
            } else if (word.startsWith("-D") && word.indexOf('=') > 2) {
                int equals = word.indexOf('=');
                settings.put(word.substring(2, equals), word.substring(equals + 1));
            } else if (word.startsWith("-")) {
                throw new Misuse("%s does not know %s".formatted(command, word));
            } else {
                operands.add(word);
            }
        }
        return new CommandLine(command, operands, options, settings, json);
    }

    List<String> all(String option) {
        return options.getOrDefault(option, List.of());
    }

    Optional<String> one(String option) throws Misuse {
        List<String> values = all(option);
        if (values.size() > 1) {
            throw new Misuse("%s: %s is given twice".formatted(command, option));
        }
        return values.stream().findFirst();
    }
}
