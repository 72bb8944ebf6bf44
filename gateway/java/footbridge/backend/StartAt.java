package footbridge.backend;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// Where in a topic that keeps its records a subscription begins, as rule files and clients write
/// it: `earliest`, `latest`, `offset=N`, `last=N`, `timestamp=2026-01-31T08:00:00Z`.
public sealed interface StartAt {

    StartAt EARLIEST = new Earliest();
    StartAt LATEST = new Latest();

    /// With the oldest record that is still there.
    record Earliest() implements StartAt {
        @Override
        public String toString() {
            return "earliest";
        }
    }

    /// With what comes from now on.
    record Latest() implements StartAt {
        @Override
        public String toString() {
            return "latest";
        }
    }

    /// With that offset, in each partition.
    record Offset(long offset) implements StartAt {
        @Override
        public String toString() {
            return "offset=" + offset;
        }
    }

    /// With the first record, in each partition, that is not older.
    record Timestamp(Instant instant) implements StartAt {
        @Override
        public String toString() {
            return "timestamp=" + instant;
        }
    }

    /// With the record that is so many offsets before the end of each partition, or the oldest.
    record Last(long count) implements StartAt {
        @Override
        public String toString() {
            return "last=" + count;
        }
    }

    /// The forms it can have, for messages to people.
    String FORMS = "earliest, latest, offset=N, last=N or timestamp=2026-01-31T08:00:00Z";

    /// Empty if the text is none of [#FORMS].
    static Optional<StartAt> of(String text) {
        int equals = text.indexOf('=');
        String value = text.substring(equals + 1);
        return switch (equals < 0 ? text : text.substring(0, equals + 1)) {
            case "earliest" -> Optional.of(EARLIEST);
            case "latest" -> Optional.of(LATEST);
            case "offset=" -> number(value).map(Offset::new);
            case "last=" -> number(value).map(Last::new);
            case "timestamp=" -> instant(value).map(Timestamp::new);
            default -> Optional.empty();
        };
    }

    private static Optional<Long> number(String text) {
        boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && !text.isEmpty() && text.length() <= 18
                ? Optional.of(Long.parseLong(text))
                : Optional.empty();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
