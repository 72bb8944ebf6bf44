/// The servers that the gateway is compared with, each as a program.
@NullMarked
package footbridge.bench.peers;

import org.jspecify.annotations.NullMarked;
