package footbridge.bench.codec;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs [CodecBenchmark] and prints a table: nanoseconds and octets of garbage for each frame, and
/// what ours are of those of the fastest other. The time is that of the fastest of many short
/// iterations, because others at work on the machine can only add to it.
///
///     CodecBench [--quick] RESULT.json
public final class CodecBench {

    private static final List<String> CODECS = List.of("footbridge", "netty", "vertx", "spring");

    /// One cell of the table.
    private record Cost(double nanos, double octets) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,.0f ns, %,.0f B", nanos, octets);
        }
    }

    private final Collection<RunResult> results;

    private CodecBench(Collection<RunResult> results) {
        this.results = results;
    }

    public static void main(String[] arguments) throws Exception {
        boolean quick = List.of(arguments).contains("--quick");
        Path json = Path.of(arguments[arguments.length - 1]);
        new CodecBench(new Runner(options(quick, json).build()).run()).print();
    }

    private static ChainedOptionsBuilder options(boolean quick, Path json) {
        return new OptionsBuilder()
                .include(CodecBenchmark.class.getName())
                .forks(1)
                .jvmArgsAppend(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx512m")
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(quick ? 1_000 : 3_000))
                .measurementIterations(quick ? 10 : 30)
                .measurementTime(TimeValue.milliseconds(100))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .resultFormat(ResultFormatType.JSON)
                .result(json.toString());
    }

    private void print() {
        System.out.println(
                "| Codec | Footbridge | Netty | Vert.x | Spring | Ours to the fastest other: time, garbage |");
        System.out.println("|---|---|---|---|---|---|");
        for (String work : List.of("decode", "encode")) {
            for (String size : List.of("64", "1024", "65536")) {
                print(work, size);
            }
        }
    }

    private void print(String work, String size) {
        List<Cost> costs = CODECS.stream().map(codec -> cost(work, size, codec)).toList();
        Cost ours = costs.getFirst();
        Cost best =
                costs.stream().skip(1).min(Comparator.comparingDouble(Cost::nanos)).orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "| %s %s B | %s | %s | %s | %s | %.2f, %.2f |%n",
                work,
                size,
                costs.get(0),
                costs.get(1),
                costs.get(2),
                costs.get(3),
                ours.nanos() / best.nanos(),
                ours.octets() / best.octets());
    }

    private Cost cost(String work, String size, String codec) {
        RunResult result =
                results.stream()
                        .filter(each ->
                                each.getParams().getBenchmark().endsWith("." + work)
                                        && each.getParams().getParam("size").equals(size)
                                        && each.getParams().getParam("codec").equals(codec))
                        .findFirst()
                        .orElseThrow();
        return new Cost(
                result.getPrimaryResult().getStatistics().getMin(),
                Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
                        .getScore());
    }
}
