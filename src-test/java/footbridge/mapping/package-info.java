@NullMarked
package footbridge.mapping;

import org.jspecify.annotations.NullMarked;
