/// Real brokers and clients for tests, the benchmark and the demo. Knows no test framework.
@NullMarked
package footbridge.testbed;

import org.jspecify.annotations.NullMarked;
