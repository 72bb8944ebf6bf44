/// Tests of the gateway as a whole: how its rooms depend on each other, and that the documentation
/// says the same.
@NullMarked
package footbridge;

import org.jspecify.annotations.NullMarked;
