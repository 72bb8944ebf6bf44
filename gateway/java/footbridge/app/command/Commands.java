package footbridge.app.command;

import footbridge.app.explain.Misuse;
import java.io.PrintStream;
import java.util.List;

/// The commands that look at rule files and start nothing.
public final class Commands {

    private static final int MISUSED = 2;

    private Commands() {}

    public static boolean know(String word) {
        return word.equals(CheckCommand.WORD) || word.equals(ExplainCommand.WORD);
    }

    /// @param words a command that is known, and what belongs to it
    /// @return the exit code
    public static int run(List<String> words, PrintStream out, PrintStream err) {
        String command = words.getFirst();
        List<String> rest = words.subList(1, words.size());
        try {
            return command.equals(CheckCommand.WORD)
                    ? CheckCommand.run(rest, out)
                    : ExplainCommand.run(rest, out);
        } catch (Misuse misuse) {
            err.println("footbridge: " + misuse.getMessage());
            return MISUSED;
        }
    }
}
