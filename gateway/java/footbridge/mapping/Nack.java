package footbridge.mapping;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What becomes of a message that its subscriber refuses with NACK.
public enum Nack {
    /// The broker delivers it again, as its own policy says: after a delay, and not for ever.
    REDELIVER,
    /// The broker puts it where it keeps undeliverable messages.
    DEAD_LETTER,
    /// It is gone.
    DISCARD;

    /// The word of the rule files.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Nack> of(String word) {
        return Stream.of(values()).filter(nack -> nack.word().equals(word)).findFirst();
    }
}
