/// Fault runs: brokers and gateways are killed under many busy clients, and afterwards the books
/// must balance. Each run has a short form for every build and a long one for a night.
@NullMarked
package footbridge.faults;

import org.jspecify.annotations.NullMarked;
