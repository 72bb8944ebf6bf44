package footbridge.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What Linux says of processes: processor time, memory, threads. Elsewhere all of it is zero.
final class Processes {

    /// Of the kernel's interface, whatever the kernel itself counts in.
    private static final long TICKS_PER_SECOND = 100;

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    private Processes() {}

    /// Processor time of all of them and their children so far, in microseconds.
    static long cpuMicros(List<Long> processes) throws IOException {
        long ticks = 0;
        for (long process : processes) {
            ticks += ticks(process);
            for (ProcessHandle child :
                    ProcessHandle.of(process).stream()
                            .flatMap(ProcessHandle::descendants)
                            .toList()) {
                ticks += ticks(child.pid());
            }
        }
        return ticks * (TimeUnit.SECONDS.toMicros(1) / TICKS_PER_SECOND);
    }

    private static long ticks(long process) throws IOException {
        String stat = read(process, "stat");
        if (stat.isEmpty()) {
            return 0;
        }
        // The name, in parentheses, may have blanks in it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
    }

    /// Resident memory, in KiB.
    static long residentKiB(long process) throws IOException {
        return status(process, "VmRSS:");
    }

    static long threads(long process) throws IOException {
        return status(process, "Threads:");
    }

    private static long status(long process, String name) throws IOException {
        return read(process, "status")
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    /// Has a JVM collect its garbage and give memory back to the system, and returns when it has.
    static void collectGarbage(long process) throws IOException, InterruptedException {
        tell(process, "VM.set_flag", "MinHeapFreeRatio", "5");
        tell(process, "VM.set_flag", "MaxHeapFreeRatio", "10");
        tell(process, "GC.run");
        tell(process, "GC.run");
    }

    private static void tell(long process, String... order)
            throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        List<String> command = new ArrayList<>(List.of(jcmd.toString(), Long.toString(process)));
        command.addAll(List.of(order));
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor(1, TimeUnit.MINUTES);
    }

    private static String read(long process, String file) throws IOException {
        Path path = Path.of("/proc", Long.toString(process), file);
        return Files.exists(path) ? new String(Files.readAllBytes(path), US_ASCII) : "";
    }
}
