package footbridge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// What numbers were measured on, and when: without it they say nothing.
final class Machine {

    private static final double KIB_PER_GIB = 1024.0 * 1024;

    private Machine() {}

    /// On one line: cores, processor, memory, system, JDK, day.
    static String described() throws IOException {
        return "%d cores (%s), %.0f GiB, %s %s, JDK %s, %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        line("/proc/cpuinfo", "model name"),
                        gibibytes(line("/proc/meminfo", "MemTotal")),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        Runtime.version().feature(),
                        LocalDate.now(ZoneOffset.UTC));
    }

    private static double gibibytes(String kib) {
        String digits = kib.replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits) / KIB_PER_GIB;
    }

    private static String line(String file, String name) throws IOException {
        Path path = Path.of(file);
        if (!Files.exists(path)) {
            return "unknown";
        }
        return Files.readString(path)
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }
}
