/// Tests of what surrounds the product: the scripts at the root and the promises of the
/// documentation.
@NullMarked
package footbridge.build;

import org.jspecify.annotations.NullMarked;
