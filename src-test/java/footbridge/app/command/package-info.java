/// Proves `app.command`.
@NullMarked
package footbridge.app.command;

import org.jspecify.annotations.NullMarked;
