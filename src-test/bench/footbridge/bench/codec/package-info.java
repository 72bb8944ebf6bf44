/// JMH benchmarks of the codec beside those of Netty, Vert.x and Spring.
@NullMarked
package footbridge.bench.codec;

import org.jspecify.annotations.NullMarked;
