package footbridge.mapping.file;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How rule files write amounts.
final class Units {

    private static final Pattern SIZE =
            Pattern.compile("([1-9][0-9]{0,8})|([1-9][0-9]{0,3})K|([1-9][0-9]{0,2})M");

    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,6})(ms|s|m|h|d)");

    private Units() {}

    /// @param text like `64K` or `1M`; a number alone is octets
    static Optional<Integer> octets(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            return Optional.empty();
        }
        if (size.group(1) != null) {
            return Optional.of(Integer.parseInt(size.group(1)));
        }
        return Optional.of(
                size.group(2) != null
                        ? Integer.parseInt(size.group(2)) << 10
                        : Integer.parseInt(size.group(3)) << 20);
    }

    /// @param text like `500ms`, `30s`, `5m`, `2h` or `7d`
    static Optional<Duration> duration(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(time.group(1));
        return Optional.of(
                switch (time.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                });
    }
}
