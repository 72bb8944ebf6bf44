/// Counts what connections and backends report.
///
/// Fifth floor. Micrometer; names and units by its conventions.
@NullMarked
package footbridge.telemetry;

import org.jspecify.annotations.NullMarked;
