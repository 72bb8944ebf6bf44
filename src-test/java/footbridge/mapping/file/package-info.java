/// Proves `mapping.file`.
@NullMarked
package footbridge.mapping.file;

import org.jspecify.annotations.NullMarked;
