package footbridge.backend;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What becomes of a subscription whose client reads more slowly than its messages come.
public enum SlowReader {
    /// The client is told, and its connection ends.
    DISCONNECT,
    /// Its oldest waiting messages make room for new ones, and it is told how many were lost.
    DROP_OLDEST,
    /// Of those that wait only the newest of each key is kept, and it is told how many were not.
    CONFLATE,
    /// The messages wait at the broker. Only a reader that serves this subscription alone can wait.
    PAUSE;

    /// The word of the rule files.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<SlowReader> of(String word) {
        return Stream.of(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
