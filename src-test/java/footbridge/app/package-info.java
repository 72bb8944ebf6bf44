/// Tests of the commands that need no gateway.
@NullMarked
package footbridge.app;

import org.jspecify.annotations.NullMarked;
