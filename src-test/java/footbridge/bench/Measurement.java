package footbridge.bench;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What one run, or the median of several, has shown.
///
/// @param perSecond messages, deliveries or transactions
/// @param cpuMicros processor time of the server's processes for each
/// @param p50 milliseconds; not a number where no times were taken
/// @param p99 as `p50`
/// @param note what else is to be said
record Measurement(double perSecond, double cpuMicros, double p50, double p99, String note) {

    static Measurement median(List<Measurement> runs) {
        return new Measurement(
                median(runs, Measurement::perSecond),
                median(runs, Measurement::cpuMicros),
                median(runs, Measurement::p50),
                median(runs, Measurement::p99),
                runs.getLast().note());
    }

    private static double median(List<Measurement> runs, ToDoubleFunction<Measurement> value) {
        return runs.stream()
                .map(value::applyAsDouble)
                .sorted(Comparator.naturalOrder())
                .toList()
                .get(runs.size() / 2);
    }
}
